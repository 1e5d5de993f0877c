using System.Globalization;
using Vestige.Figures;
using Vestige.Images;
using Vestige.Images.Views;
using Vestige.Results;
using Vestige.Views;

namespace Vestige.Benchmarks;

/// <summary>The ledger of points on photographs, whose true shares are known where G is made of photographs and of noise: dealt many times.</summary>
internal sealed class PointFigures
{
    private const int Units = 50;

    private readonly PhotographDeals _of;
    private readonly PhotographDeals.Deal[] _deals;

    private PointFigures(string folder, int deals, IPointView<Picture> view)
    {
        _of = new PhotographDeals(folder, view, s_codecs);
        _deals = _of.Deals(deals, Units);
    }

    private static readonly string[] s_codecs = [.. new[] { 10, 30, 50, 70, 90 }.Select(q => $"jpeg:q={q}")];

    /// <summary>Prints the figures and whether each bar is met.</summary>
    internal static void Run(string folder, int deals, string view)
    {
        var figures = new PointFigures(folder, deals, (IPointView<Picture>)PictureViews.All.Single(v => v.Name == view));
        Console.WriteLine($"{figures._of.Real.Length} photographs halved, {deals} deals of {Units} a sample, view {view}; means over deals (standard "
            + $"deviation; mean half-width; 95 % intervals without 0)");
        figures.Print();
    }

    private Ledger[] Over(Func<PhotographDeals.Deal, Ledger> audit) => Over(_deals.Length, audit);

    private Ledger[] Over(int deals, Func<PhotographDeals.Deal, Ledger> audit)
    {
        var ledgers = new Ledger[deals];
        Parallel.For(0, ledgers.Length, d => ledgers[d] = audit(_deals[d]));
        return ledgers;
    }

    private void Print()
    {
        IEnumerable<float[]> Of(float[][] pool, IEnumerable<int> items) => items.Select(i => pool[i]);
        Ledger[] fresh = Show("fresh photographs", Over(d => d.Audit(Of(_of.Real, d.Fresh))));
        Ledger[] lossless = Show("T, as a lossless codec", Over(d => d.Audit(Of(_of.Real, d.T), paired: true)));
        Show("T, as a sample", Over(d => d.Audit(Of(_of.Real, d.T))));
        Ledger[] replaced = Show("T with replacement", Over(d => d.Audit(Of(_of.Real, d.Draws().Select(i => d.T[i])))));
        Ledger[][] over = [.. new[] { 3, 5, 10 }.Select(k => Show($"{k} photographs over and over",
            Over(d => d.Audit(Of(_of.Real, Enumerable.Range(0, Units).Select(i => d.T[i % k]))))))];
        double[] shares = [0.1, 0.2, 0.5, 1];
        Ledger[][] Mixed(string name, float[][] pool) => [.. shares.Select(s => Show($"{s:0.0} replaced by {name}",
            Over(d => d.Audit(d.Fresh.Select((x, i) => (i < s * Units ? pool : _of.Real)[x])))))];
        Ledger[][] jpeg = Mixed("jpeg:q=10", _of.Coded["jpeg:q=10"]), noise = Mixed("noise", _of.Noise);
        Show("T, half of it by jpeg:q=10", Over(d => d.Audit(d.T.Select((x, i) => (i < Units / 2 ? _of.Coded["jpeg:q=10"] : _of.Real)[x]))));
        Show(".2 replaced by grey", Over(d => d.Audit(d.Fresh.Select((x, i) => (i < Units / 5 ? _of.Grey : _of.Real)[x]))));
        const int fewer = Units * 4 / 5;
        HashSet<int> darkest = [.. _of.ByBrightness.Take(_of.Real.Length / 3)];
        Ledger[] bright = Show($"never the darkest third, {fewer} a sample", [.. _of.Deals(_deals.Length, fewer, 2000)
            .Select(d => d.Audit(Of(_of.Real, d.Spare.Where(i => !darkest.Contains(i)).Take(fewer))))]);
        Dictionary<string, Ledger[]> coded = s_codecs.ToDictionary(c => c, c => Show($"{c}, paired", Over(d => d.Audit(Of(_of.Coded[c], d.T), paired: true))));
        Ledger[] whole = Show("all 66 training images, as a sample", [.. _of.Deals(Math.Min(20, _deals.Length), 66, 1000).Select(d => d.Audit(Of(_of.Real, d.T)))]);

        Console.WriteLine();
        double seen = bright.Count(l => l.Lost.Low > 0) / (double)bright.Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"never the darkest third: lost is over 0 in {100 * seen:0} % of deals"));
        if (_of.IsScaled)
        {
            // Of whole images there are as few points as images.
            Bar("fresh photographs: |mean| of lost", Math.Abs(Mean(fresh, l => l.Lost)), 0, 0.02);
            Bar("fresh photographs: |mean| of hallucinated", Math.Abs(Mean(fresh, l => l.Hallucinated)), 0, 0.02);
            Bar("fresh photographs: intervals of lost without 0", Excluding(fresh, l => l.Lost), 0, 0.07);
            Bar("fresh photographs: intervals of hallucinated without 0", Excluding(fresh, l => l.Hallucinated), 0, 0.07);
            Bar("fresh photographs: |mean| of memorized", Math.Abs(Mean(fresh, l => l.Memorized)), 0, 0.02);
            Bar("all 66 training images: memorized", Mean(whole, l => l.Memorized), 0.95, 1);
            return;
        }
        Bar("fresh photographs: |mean| of lost", Math.Abs(Mean(fresh, l => l.Lost)), 0, 0.005);
        Bar("fresh photographs: |mean| of hallucinated", Math.Abs(Mean(fresh, l => l.Hallucinated)), 0, 0.005);
        Bar("fresh photographs: intervals of lost without 0", Excluding(fresh, l => l.Lost), 0.025, 0.07);
        Bar("fresh photographs: intervals of hallucinated without 0", Excluding(fresh, l => l.Hallucinated), 0.025, 0.07);
        Bar("lossless: largest |lost| and |hallucinated|", lossless.Max(l => Math.Max(Math.Abs(l.Lost.Value!.Value), Math.Abs(l.Hallucinated.Value!.Value))), 0, 0);
        Bar("T with replacement: memorized", Mean(replaced, l => l.Memorized), 0.95, 1);
        Bar("T with replacement: hallucinated", Mean(replaced, l => l.Hallucinated), -0.03, 0.03);
        Bar("all 66 training images: memorized", Mean(whole, l => l.Memorized), 0.95, 1);
        for (int i = 0; i < 3; i++) Bar($"{new[] { 3, 5, 10 }[i]} photographs over and over: lost", Mean(over[i], l => l.Lost), new[] { 0.6, 0.5, 0.4 }[i], 1);
        Bar("jpeg q=10, departure from a line", Departure(jpeg, shares), 0, 0.03);
        Bar("noise, departure from a line", Departure(noise, shares), 0, 0.05);
        Bar("noise, departure from its share", shares.Select((s, i) => Math.Abs(Mean(noise[i], l => l.Hallucinated) - s)).Max(), 0, 0.05);
        foreach ((string one, string other) in new[] { ("jpeg:q=50", "jpeg:q=70"), ("jpeg:q=70", "jpeg:q=90") })
            foreach (LedgerFigure figure in new[] { LedgerFigure.Lost, LedgerFigure.Hallucinated })
            {
                Figure[] less = [.. coded[one].Zip(coded[other], (x, y) => x.Replicates!.Less(y.Replicates!, (int)figure))];
                Bar($"{one} less {other}, {figure}: significant in", less.Count(f => f.Low > 0) / (double)less.Length, 0.8, 1);
                Bar($"{one} less {other}, {figure}: half-width", less.Average(f => f.High!.Value - f.Value!.Value), 0, 0.045);
            }
        Bar("jpeg:q=90 loses something in", coded["jpeg:q=90"].Count(l => l.Lost.Low > 0) / (double)_deals.Length, 0.5, 1);
        Bar("jpeg:q=90 invents something in", coded["jpeg:q=90"].Count(l => l.Hallucinated.Low > 0) / (double)_deals.Length, 0.5, 1);
        Mixtures();
    }

    /// <summary>All mixtures of T, fresh photographs and noise in steps of a tenth, on the first 20 deals.</summary>
    private void Mixtures()
    {
        (double Error, string Where) worst = (0, "none");
        const int tenth = Units / 10;
        for (int a = 0; a <= 10; a++)
            for (int c = 0; a + c <= 10; c++)
            {
                int ofT = a, ofNoise = c;
                Ledger[] ledgers = Over(Math.Min(20, _deals.Length), d => d.Audit(Enumerable.Range(0, Units).Select(i =>
                    i < ofT * tenth ? _of.Real[d.T[i]] : i < (ofT + ofNoise) * tenth ? _of.Noise[d.Fresh[i]] : _of.Real[d.Fresh[i]])));
                foreach ((string name, Func<Ledger, Figure> of, double truth) in new (string, Func<Ledger, Figure>, double)[]
                {
                    ("memorized", l => l.Memorized, a / 10.0), ("generalized", l => l.Generalized, (10 - a - c) / 10.0), ("hallucinated", l => l.Hallucinated, c / 10.0),
                })
                {
                    double error = Mean(ledgers, of) - truth;
                    if (Math.Abs(error) > Math.Abs(worst.Error)) worst = (error, string.Create(CultureInfo.InvariantCulture, $"{name} of .{a} T, .{10 - a - c} p, .{c} noise"));
                }
            }
        Bar($"66 mixtures of T, p and noise, worst mean error ({worst.Where})", Math.Abs(worst.Error), 0, 0.05);
    }

    private static double Mean(Ledger[] ledgers, Func<Ledger, Figure> of) => ledgers.Average(l => of(l).Value ?? double.NaN);

    private static double Excluding(Ledger[] ledgers, Func<Ledger, Figure> of) => ledgers.Count(l => of(l).Low > 0 || of(l).High < 0) / (double)ledgers.Length;

    private static double Departure(Ledger[][] ledgers, double[] shares) =>
        shares.Select((s, i) => Math.Abs(Mean(ledgers[i], l => l.Hallucinated) - (s * Mean(ledgers[^1], l => l.Hallucinated)))).Max();

    private static Ledger[] Show(string name, Ledger[] ledgers)
    {
        Console.WriteLine(name);
        foreach ((string figure, Func<Ledger, Figure> of) in new (string, Func<Ledger, Figure>)[]
        {
            ("lost", l => l.Lost), ("memorized", l => l.Memorized), ("generalized", l => l.Generalized), ("hallucinated", l => l.Hallucinated),
        })
        {
            double mean = Mean(ledgers, of), spread = Math.Sqrt(ledgers.Sum(l => Math.Pow((of(l).Value ?? double.NaN) - mean, 2)) / (ledgers.Length - 1));
            double? half = ledgers.Average(l => (of(l).High - of(l).Low) / 2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {figure,-13}{mean,7:0.000} ({spread:0.000}; {half:0.000}; {100 * Excluding(ledgers, of):0.0} %)"));
        }
        return ledgers;
    }

    private static void Bar(string what, double value, double low, double high) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{(value >= low && value <= high ? "met  " : "SHORT")} {what}: {value:0.0000}, asked {low} to {high}"));
}
