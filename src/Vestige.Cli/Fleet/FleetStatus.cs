using Vestige.Cli.Fleet.Leases;

namespace Vestige.Cli.Fleet;

/// <summary>A figure that is not final.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">So far.</param>
/// <param name="Half">Half of its 95 % interval, as if the pieces done were drawn at random; null of fewer than <see cref="FleetStatus.LeastPieces"/>.</param>
/// <param name="Pieces">How many it is of.</param>
internal sealed record FigureSoFar(string Name, string Unit, double Value, double? Half, int Pieces);

/// <summary>Somebody at a piece.</summary>
/// <param name="Piece">The piece.</param>
/// <param name="State">What the attempt says.</param>
/// <param name="Attempt">Number of the attempt.</param>
internal sealed record RunningPiece(string Piece, LeaseState State, int Attempt);

/// <summary>How a plan stands.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Done">Pieces done.</param>
/// <param name="Running">Attempts that are under way, or whose worker died and nobody has noticed.</param>
/// <param name="Failed">Attempts that came to nothing, of pieces that are not done: "piece: why, on host".</param>
/// <param name="SetAside">Pieces set aside, with their reasons.</param>
/// <param name="SecondsLeft">With as many workers as are running; null where nothing tells.</param>
/// <param name="Figures">So far.</param>
internal sealed record FleetStatus(FleetPlan Plan, int Done, IReadOnlyList<RunningPiece> Running, IReadOnlyList<string> Failed, IReadOnlyList<string> SetAside,
    double? SecondsLeft, IReadOnlyList<FigureSoFar> Figures)
{
    /// <summary>Fewer tell no spread.</summary>
    internal const int LeastPieces = 4;

    // Normal, both sides.
    private const double Quantile95 = 1.959964;

    /// <summary>Reads it off the folder. What changes meanwhile is seen or not.</summary>
    internal static FleetStatus Of(FleetFolder folder, FleetPlan plan)
    {
        HashSet<string> keys = [.. folder.Names(FleetFolder.Done)];
        PlannedPiece[] done = [.. plan.Pieces.Where(piece => keys.Contains(piece.Key))];
        DoneMark[] marks = [.. done.Select(piece => folder.Read(FleetFolder.Done + piece.Key, MarkJson.Default.DoneMark)).OfType<DoneMark>()];
        (List<RunningPiece> running, List<string> failed) = ([], []);
        Dictionary<string, int> attempts = LeaseBoard.AttemptsOf(folder);
        foreach (PlannedPiece piece in plan.Pieces.Where(piece => !keys.Contains(piece.Key)))
        {
            int last = attempts.GetValueOrDefault(piece.Key);
            for (int attempt = 1; attempt <= last; attempt++)
            {
                LeaseState? state = folder.Read(Lease.NameOf(piece.Key, attempt), MarkJson.Default.LeaseState);
                if (state is { State: AttemptState.Running } && attempt == last && !folder.Has(FleetFolder.Aside + piece.Key))
                    running.Add(new RunningPiece(piece.Name, state, attempt));
                else if (state is { State: AttemptState.Failed }) failed.Add($"{piece.Name}: {state.Why}, on {state.Host}");
                else if (state is { State: AttemptState.Running }) failed.Add($"{piece.Name}: its worker died, on {state.Host}");
            }
        }
        int left = plan.Pieces.Count - done.Length;
        int workers = running.Select(piece => piece.State.Worker).Distinct().Count();
        double? seconds = left == 0 ? 0 : marks.Length == 0 || running.Count == 0 ? null : marks.Average(mark => mark.Seconds) * left / Math.Max(workers, running.Count);
        return new FleetStatus(plan, done.Length, running, failed, Aside(folder, plan), seconds, FiguresOf(marks));
    }

    /// <summary>Pieces set aside, each with what is known of the causes.</summary>
    internal static IReadOnlyList<string> Aside(FleetFolder folder, FleetPlan plan)
    {
        HashSet<string> keys = [.. folder.Names(FleetFolder.Aside)];
        keys.ExceptWith(folder.Names(FleetFolder.Done));
        return [.. plan.Pieces.Where(piece => keys.Contains(piece.Key)).Select(piece =>
        {
            AsideMark? mark = folder.Read(FleetFolder.Aside + piece.Key, MarkJson.Default.AsideMark);
            return $"{piece.Name}: {string.Join("; ", (mark?.Lost ?? []).Select(lost => $"{lost.Why} ({lost.Worker})"))}";
        })];
    }

    /// <summary>Ratios of sums over the pieces done, with the spread that leaving out each piece shows (Tukey's jackknife).</summary>
    private static List<FigureSoFar> FiguresOf(IReadOnlyList<DoneMark> marks)
    {
        var figures = new List<FigureSoFar>();
        foreach (IGrouping<(string Name, string Unit), PieceFigure> named in marks.SelectMany(mark => mark.Figures).GroupBy(figure => (figure.Name, figure.Unit)))
        {
            PieceFigure[] each = [.. named];
            double sum = each.Sum(figure => figure.Sum), size = each.Sum(figure => figure.Size), value = sum / size;
            double? half = null;
            if (each.Length >= LeastPieces)
            {
                double[] without = [.. each.Select(figure => (sum - figure.Sum) / (size - figure.Size))];
                double mean = without.Average();
                half = Quantile95 * Math.Sqrt((each.Length - 1.0) / each.Length * without.Sum(w => (w - mean) * (w - mean)));
            }
            figures.Add(new FigureSoFar(named.Key.Name, named.Key.Unit, value, half, each.Length));
        }
        return figures;
    }
}
