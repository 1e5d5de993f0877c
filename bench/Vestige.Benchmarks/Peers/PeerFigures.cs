using System.Globalization;
using Vestige.Estimators.Points;
using Vestige.Images;
using Vestige.Images.Views;
using Vestige.Results;
using Vestige.Views;

namespace Vestige.Benchmarks.Peers;

/// <summary>What the ledger of points and its peers read of the same samples in the same features, beside what is so: one table, in Markdown.</summary>
internal sealed class PeerFigures
{
    private const int Units = 50, Fewer = 40;
    private const string Hallucinated = "hallucinated", Lost = "lost", Memorized = "memorized";

    private static readonly string[] s_shares = [Hallucinated, Lost, Memorized];

    private readonly PhotographDeals _of;
    private readonly PhotographDeals.Deal[] _deals, _fewer;

    /// <summary>A measure of some share.</summary>
    /// <param name="Name">In the tables.</param>
    /// <param name="Of">What it is to be the share of; null for one that is no share.</param>
    /// <param name="Value">Of one sample.</param>
    private sealed record Measure(string Name, string? Of, Func<Reading, double> Value);

    private sealed record Reading(Ledger Ledger, NeighbourPeers Peers, double Mauve, double Copying);

    /// <summary>What one cell is, what is so of it where that is known, and its means over deals.</summary>
    private sealed record Cell(string Name, IReadOnlyDictionary<string, double> Truth, double[] Means);

    private static readonly Measure[] s_measures =
    [
        new("ours: hallucinated", Hallucinated, r => r.Ledger.Hallucinated.Value ?? double.NaN),
        new("1 - precision", Hallucinated, r => 1 - r.Peers.Precision),
        new("1 - density", Hallucinated, r => 1 - r.Peers.Density),
        new("1 - clipped density", Hallucinated, r => 1 - r.Peers.ClippedDensity),
        new("ours: lost", Lost, r => r.Ledger.Lost.Value ?? double.NaN),
        new("1 - recall", Lost, r => 1 - r.Peers.Recall),
        new("1 - coverage", Lost, r => 1 - r.Peers.Coverage),
        new("1 - clipped coverage", Lost, r => 1 - r.Peers.ClippedCoverage),
        new("ours: memorized", Memorized, r => r.Ledger.Memorized.Value ?? double.NaN),
        new("C_T", null, r => r.Copying),
        new("MAUVE", null, r => r.Mauve),
    ];

    private PeerFigures(string folder, int deals, IPointView<Picture> view)
    {
        _of = new PhotographDeals(folder, view, ["jpeg:q=10"]);
        _deals = _of.Deals(deals, Units);
        _fewer = _of.Deals(deals, Fewer, 2000);
    }

    /// <summary>Prints the table and the errors.</summary>
    internal static void Run(string folder, int deals, string view)
    {
        var figures = new PeerFigures(folder, deals, (IPointView<Picture>)PictureViews.All.Single(v => v.Name == view));
        Console.WriteLine($"{figures._of.Real.Length} photographs halved, view `{view}`, {Units} a sample, means over {deals} deals.");
        Cell[] cells = [.. figures.Cells()];
        Console.WriteLine();
        Row(["G", "truth h / l / m", .. s_measures.Select(m => m.Name)]);
        Row(["---", "---", .. s_measures.Select(_ => "---:")]);
        foreach (Cell cell in cells)
            Row([cell.Name, string.Join(" / ", s_shares.Select(share => cell.Truth.TryGetValue(share, out double x) ? Share(x) : "-")), .. cell.Means.Select(Share)]);
        Errors(cells);
    }

    private IEnumerable<Cell> Cells()
    {
        Dictionary<string, double> Is(params ReadOnlySpan<double?> truths)
        {
            var known = new Dictionary<string, double>();
            for (int i = 0; i < s_shares.Length; i++)
                if (truths[i] is { } truth) known[s_shares[i]] = truth;
            return known;
        }

        yield return Of("fresh photographs", Is(0, 0, 0), d => d.Fresh.Select(i => _of.Real[i]));
        yield return Of("T", Is(0, 0, 1), d => d.T.Select(i => _of.Real[i]));
        yield return Of("half T, half fresh", Is(0, 0, 0.5), d => d.T.Take(Units / 2).Concat(d.Fresh.Take(Units / 2)).Select(i => _of.Real[i]));
        yield return Of("T with replacement", Is(0, null, 1), d => d.Draws().Select(i => _of.Real[d.T[i]]));
        foreach (int k in new[] { 3, 5, 10 })
            yield return Of($"{k} of T over and over", Is(0, null, 1), d => Enumerable.Range(0, Units).Select(i => _of.Real[d.T[i % k]]));
        HashSet<int> dark = [.. _of.ByBrightness.Take(_of.Real.Length / 2)];
        yield return Of($"never the darker half ({Fewer} a sample)", Is(0, 0.5, 0), d => d.Spare.Where(i => !dark.Contains(i)).Take(Fewer).Select(i => _of.Real[i]), _fewer);
        foreach (double s in new[] { 0.1, 0.2, 0.5, 1 })
            yield return Of($"{Share(s)} replaced by JPEG q=10", Is(null, null, 0), d => d.Fresh.Select((x, i) => (i < s * Units ? _of.Coded["jpeg:q=10"] : _of.Real)[x]));
        foreach (double s in new[] { 0.1, 0.2, 0.5, 1 })
            yield return Of($"{Share(s)} replaced by noise", Is(s, s < 1 ? 0 : 1, 0), d => d.Fresh.Select((x, i) => (i < s * Units ? _of.Noise : _of.Real)[x]));
    }

    private Cell Of(string name, IReadOnlyDictionary<string, double> truth, Func<PhotographDeals.Deal, IEnumerable<float[]>> generated, PhotographDeals.Deal[]? deals = null)
    {
        deals ??= _deals;
        double[][] read = new double[deals.Length][];
        Parallel.For(0, deals.Length, d =>
        {
            PhotographDeals.Deal deal = deals[d];
            float[][] documents = [.. generated(deal)];
            var against = new PointReferences.Row(deal.References, _of.Sample(documents), paired: false);
            Cloud training = new(deal.References.Training), heldOut = new(deal.References.HeldOut), made = new(against.Generated);
            var reading = new Reading(PointLedger.Estimate(deal.References, against, new PointLedger.Plan("", "", 1)), NeighbourPeers.Of(heldOut, made),
                Mauve.Of(heldOut, made, deal.Seed), DataCopying.Of(training, heldOut, made, deal.Seed));
            read[d] = [.. s_measures.Select(m => m.Value(reading))];
        });
        return new Cell(name, truth, [.. Enumerable.Range(0, s_measures.Length).Select(m => read.Select(r => r[m]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average())]);
    }

    /// <summary>How far each is from the truth, as it is and less what it reads of fresh photographs; and where a peer is nearer to it than the ledger.</summary>
    private static void Errors(Cell[] cells)
    {
        Console.WriteLine();
        Row(["measure", "mean error", "largest", "where", "less its reading of fresh: mean", "largest", "off a line over JPEG shares"]);
        Row(["---", "---:", "---:", "---", "---:", "---:", "---:"]);
        var beaten = new List<string>();
        for (int m = 0; m < s_measures.Length; m++)
        {
            if (s_measures[m] is not { Of: { } of } measure) continue;
            int ours = Array.FindIndex(s_measures, x => x.Of == of);
            Cell[] known = [.. cells.Where(cell => cell.Truth.ContainsKey(of) && double.IsFinite(cell.Means[m]) && double.IsFinite(cell.Means[ours]))];
            double Error(Cell cell, int by, double off = 0) => Math.Abs(cell.Means[by] - off - cell.Truth[of]);
            Cell worst = known.MaxBy(cell => Error(cell, m))!;
            double fresh = cells[0].Means[m];
            double[] less = [.. known.Select(cell => Error(cell, m, fresh))];
            Cell[] coded = [.. cells.Where(cell => cell.Name.Contains("JPEG", StringComparison.Ordinal))];
            double[] shares = [0.1, 0.2, 0.5, 1];
            double line = coded.Select((cell, i) => Math.Abs(cell.Means[m] - fresh - (shares[i] * (coded[^1].Means[m] - fresh)))).Max();
            Row([measure.Name, Share(known.Average(cell => Error(cell, m))), Share(Error(worst, m)), worst.Name, Share(less.Average()), Share(less.Max()), Share(line)]);
            if (m != ours) beaten.AddRange(known.Where(cell => Error(cell, m) < Error(cell, ours) - 0.01)
                .Select(cell => $"{measure.Name} on {cell.Name}: off by {Share(Error(cell, m))}, ours by {Share(Error(cell, ours))}"));
        }
        Console.WriteLine();
        Console.WriteLine("Peers nearer to the truth than the ledger, by more than .01:");
        Console.WriteLine();
        foreach (string one in beaten.DefaultIfEmpty("none")) Console.WriteLine("- " + one);
    }

    private static void Row(IEnumerable<string> cells) => Console.WriteLine("| " + string.Join(" | ", cells) + " |");

    private static string Share(double value) => !double.IsFinite(value) ? "-" : Math.Abs(value) < 10
        ? Math.Round(value, 2).ToString("0.00", CultureInfo.InvariantCulture).Replace("0.", ".", StringComparison.Ordinal) : value.ToString("0", CultureInfo.InvariantCulture);
}
