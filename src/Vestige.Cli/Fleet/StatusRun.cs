using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Options;
using Vestige.Results;

namespace Vestige.Cli.Fleet;

/// <summary><c>vestige status</c>: how a plan stands.</summary>
internal static class StatusRun
{
    internal static int Run(Context context, string name, bool page)
    {
        var folder = new FleetFolder(name);
        var status = FleetStatus.Of(folder, PlannedCommand.PlanOf(folder));
        IReadOnlyList<StatusPart> parts = StatusPart.Of(name, status);
        foreach (StatusPart part in parts)
        {
            if (part.Title.Length > 0) context.Output.Results.WriteLine(part.Title);
            foreach (string line in part.Lines) context.Output.Results.WriteLine((part.Title.Length > 0 ? "  " : "") + Names.Printable(line));
        }
        if (page)
        {
            folder.Write(StatusPage.Name, StatusPage.Of(name, status, parts), lasting: false);
            context.Output.Note($"to look at: {Path.Combine(name, StatusPage.Name)}");
        }
        return status.Done == status.Plan.Pieces.Count ? ExitStatus.Done : ExitStatus.Data;
    }
}
