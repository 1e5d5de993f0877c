using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Cli.Studies;
using Vestige.Compressors;
using Vestige.Files;

namespace Vestige.Cli.Fleet;

/// <summary><c>vestige plan</c>: cuts an audit or a study, and writes what workers must agree on.</summary>
internal static class PlanRun
{
    // What the plan keeps in its folder beside what the audit does.
    private static readonly string[] s_names =
    [
        FleetFolder.PlanName, FleetFolder.ListingName, FleetFolder.Leases, FleetFolder.Done, FleetFolder.Aside, JournalSet.FolderName, StatusPage.Name,
    ];

    internal static int Run(Context context, AuditOptions options, double heartbeat) =>
        Run(context, "audit", options.Out, heartbeat, options.Resolved().Sources,
            (known, progress) => AuditFleet.Open(context, options with { Known = known }, null, progress));

    internal static int Run(Context context, StudyOptions options, double heartbeat) =>
        Run(context, "study", options.Out, heartbeat, [options.Source],
            (known, progress) => StudyFleet.Open(context, options with { Known = known }, null, progress));

    private static int Run(Context context, string kind, string? path, double heartbeat, IEnumerable<string> inputs,
        Func<FileListing, IProgress<WorkProgress>, IFleetWork> open)
    {
        if (path is null) throw new UsageException($"plan {kind}: give --out DIR, the folder that all workers see");
        using var place = OutputPlace.Folder("--out", path, new Inputs(inputs), shared: true);
        foreach (string name in s_names) place.Check(name);
        var folder = new FleetFolder(path);
        string[] arguments = [.. WithoutHeartbeat(context.Arguments.SkipWhile(word => word != kind))];
        if (folder.Read(FleetFolder.PlanName, FleetJson.Default.FleetPlan) is { } before && !before.Arguments.SequenceEqual(arguments))
            throw new UsageException($"--out {path} holds the plan of something else ({Context.Typed(before.Arguments)}); name another folder");
        using ProgressLine progress = context.Output.Progress();
        // What an earlier plan of the same knows need not be read again either.
        var known = FileListing.Of(folder.Read(FleetFolder.ListingName));
        known.ForgetDrawn();
        using IFleetWork work = open(known, progress);
        progress.Dispose();
        var plan = new FleetPlan(arguments, Environment.CurrentDirectory, work.Facts.Code, work.Facts.Source, heartbeat, work.Pieces);
        // Making the place of a file makes the folder.
        foreach (string name in s_names.Where(name => name.EndsWith('/'))) place.At(name + "any");
        folder.Write(FleetFolder.ListingName, known.ToBytes(), lasting: true);
        folder.Write(FleetFolder.PlanName, plan, FleetJson.Default.FleetPlan);
        int done = work.Pieces.Count(piece => folder.Has(FleetFolder.Done + piece.Key));
        context.Output.Results.WriteLine($"{path}: {work.Pieces.Count} {(work.Pieces.Count == 1 ? "piece" : "pieces")} of {work.Facts.Source.Documents} documents"
            + (done > 0 ? $", {done} of them done" : ""));
        context.Output.Results.WriteLine($"next: 'vestige work {path}', any number of times on any machines that see it, then 'vestige finish {path}'");
        return ExitStatus.Done;
    }

    /// <summary>The words of the audit or study: how often workers give a sign of life is the plan's, wherever it was typed.</summary>
    private static IEnumerable<string> WithoutHeartbeat(IEnumerable<string> arguments)
    {
        bool isValue = false, isPlain = false;
        foreach (string word in arguments)
        {
            isPlain |= word == "--";
            bool isName = !isPlain && (word == FleetCommands.Heartbeat || word.StartsWith(FleetCommands.Heartbeat + "=", StringComparison.Ordinal)
                || word.StartsWith(FleetCommands.Heartbeat + ":", StringComparison.Ordinal));
            if (!isName && !isValue) yield return word;
            isValue = isName && word == FleetCommands.Heartbeat;
        }
    }
}
