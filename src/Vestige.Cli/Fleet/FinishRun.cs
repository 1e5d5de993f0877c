using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Options;
using Vestige.Files;

namespace Vestige.Cli.Fleet;

/// <summary><c>vestige finish</c>: the result of what workers found.</summary>
internal static class FinishRun
{
    // Of missing pieces.
    private const int MostNamed = 10;

    internal static int Run(Context context, string name, int? threads, MemoryBudget? memory)
    {
        var command = PlannedCommand.Read(name, threads, memory);
        FleetPlan plan = command.Plan;
        HashSet<string> done = [.. command.Folder.Names(FleetFolder.Done)];
        PlannedPiece[] missing = [.. plan.Pieces.Where(piece => !done.Contains(piece.Key))];
        if (missing.Length == 0) return command.Run(context);
        IReadOnlyList<string> aside = FleetStatus.Aside(command.Folder, plan);
        foreach (string piece in aside) context.Output.Note($"set aside: {piece}");
        string named = string.Join("; ", missing.Take(MostNamed).Select(piece => piece.Name)) + (missing.Length > MostNamed ? "; ..." : "");
        throw new DataException($"{name}: {missing.Length} of {plan.Pieces.Count} pieces {(missing.Length == 1 ? "is" : "are")} missing ({named}): "
            + (missing.Length > aside.Count ? $"'vestige work {name}' does them" : $"'vestige work {name} --again' tries those that were set aside"));
    }
}
