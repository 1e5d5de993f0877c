using System.Globalization;
using Vestige.Compressors;
using Vestige.Estimators;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Sources;
using Vestige.Images.Views;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Views;

namespace Vestige.Benchmarks;

/// <summary>The ledger of points on photographs, whose true shares are known where G is made of photographs and of noise: dealt many times.</summary>
internal sealed class PointFigures
{
    private const int Units = 50;

    private readonly IPointView<Picture> _view;
    private readonly float[][] _real, _noise, _grey;
    private readonly HashSet<int> _darkest;
    private readonly Dictionary<string, float[][]> _coded;
    private readonly Deal[] _deals;

    private PointFigures(string folder, int deals, IPointView<Picture> view)
    {
        _view = view;
        PictureFolder source = PictureFolder.Open(folder, new PictureOptions(Ratio.Parse("1/2"), PictureOptions.Default.PixelLimit), null, default);
        Picture[] pictures = [.. source.Documents.Select((_, i) => source.Read(i)[0])];
        _real = Look(pictures);
        _noise = Look([.. pictures.Select((p, i) => Noise(p.Width, p.Height, (ulong)i))]);
        _grey = Look([.. pictures.Select(Grey)]);
        _darkest = [.. Enumerable.Range(0, pictures.Length).OrderBy(i => pictures[i].Rgb.Average(x => (double)x)).Take(pictures.Length / 3)];
        _coded = s_codecs.ToDictionary(name => name, name =>
        {
            CompressorSpec spec = CompressorSpec.Parse(name, PictureCompressors.Rows).Single();
            var codec = (ICodec<Picture>)((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, default);
            return Look([.. pictures.Select(p => codec.Code(p).Reconstruction)]);
        });
        _deals = new Deal[deals];
        Parallel.For(0, deals, d => _deals[d] = new Deal(this, (ulong)d, Units));
    }

    private static readonly string[] s_codecs = [.. new[] { 10, 30, 50, 70, 90 }.Select(q => $"jpeg:q={q}")];

    /// <summary>Prints the figures and whether each bar is met.</summary>
    internal static void Run(string folder, int deals, string view)
    {
        var figures = new PointFigures(folder, deals, (IPointView<Picture>)PictureViews.All.Single(v => v.Name == view));
        Console.WriteLine($"{figures._real.Length} photographs halved, {deals} deals of {Units} a sample, view {view}; means over deals (standard "
            + $"deviation; mean half-width; 95 % intervals without 0)");
        figures.Print();
    }

    private sealed record Deal
    {
        private readonly PointFigures _of;

        internal Deal(PointFigures of, ulong number, int units)
        {
            _of = of;
            Seed = Rng.Mix(number, "deal");
            int[] order = [.. Enumerable.Range(0, of._real.Length)];
            var rng = new Rng(Seed);
            rng.Shuffle<int>(order);
            T = order[..units];
            Fresh = order[^units..];
            Spare = order[(3 * units)..];
            Ground = new PointGround(of.Sample(T.Select(i => of._real[i])), of.Sample(order[units..(2 * units)].Select(i => of._real[i])),
                of.Sample(order[(2 * units)..(3 * units)].Select(i => of._real[i])), threads: 1, of._view.IsScaled);
        }

        internal ulong Seed { get; }

        internal int[] T { get; }

        internal int[] Fresh { get; }

        /// <summary>All that is in none of T, H and A.</summary>
        internal int[] Spare { get; }

        internal PointGround Ground { get; }

        internal Ledger Audit(IEnumerable<float[]> generated, bool paired = false) => Ground.Audit(_of.Sample(generated), paired, new PointLedger.Plan("", "", 1));
    }

    private Ledger[] Over(Func<Deal, Ledger> audit) => Over(_deals.Length, audit);

    private Ledger[] Over(int deals, Func<Deal, Ledger> audit)
    {
        var ledgers = new Ledger[deals];
        Parallel.For(0, ledgers.Length, d => ledgers[d] = audit(_deals[d]));
        return ledgers;
    }

    private void Print()
    {
        IEnumerable<float[]> Of(float[][] pool, IEnumerable<int> items) => items.Select(i => pool[i]);
        Ledger[] fresh = Show("fresh photographs", Over(d => d.Audit(Of(_real, d.Fresh))));
        Ledger[] lossless = Show("T, as a lossless codec", Over(d => d.Audit(Of(_real, d.T), paired: true)));
        Show("T, as a sample", Over(d => d.Audit(Of(_real, d.T))));
        Ledger[] replaced = Show("T with replacement", Over(d => d.Audit(Of(_real, Draws(d).Select(i => d.T[i])))));
        Ledger[][] over = [.. new[] { 3, 5, 10 }.Select(k => Show($"{k} photographs over and over",
            Over(d => d.Audit(Of(_real, Enumerable.Range(0, Units).Select(i => d.T[i % k]))))))];
        double[] shares = [0.1, 0.2, 0.5, 1];
        Ledger[][] Mixed(string name, float[][] pool) => [.. shares.Select(s => Show($"{s:0.0} replaced by {name}",
            Over(d => d.Audit(d.Fresh.Select((x, i) => (i < s * Units ? pool : _real)[x])))))];
        Ledger[][] jpeg = Mixed("jpeg:q=10", _coded["jpeg:q=10"]), noise = Mixed("noise", _noise);
        Show("T, half of it by jpeg:q=10", Over(d => d.Audit(d.T.Select((x, i) => (i < Units / 2 ? _coded["jpeg:q=10"] : _real)[x]))));
        Show(".2 replaced by grey", Over(d => d.Audit(d.Fresh.Select((x, i) => (i < Units / 5 ? _grey : _real)[x]))));
        const int fewer = Units * 4 / 5;
        Ledger[] bright = Show($"never the darkest third, {fewer} a sample", [.. Enumerable.Range(0, _deals.Length).Select(d => new Deal(this, (ulong)(2000 + d), fewer))
            .Select(d => d.Audit(Of(_real, d.Spare.Where(i => !_darkest.Contains(i)).Take(fewer))))]);
        Dictionary<string, Ledger[]> coded = s_codecs.ToDictionary(c => c, c => Show($"{c}, paired", Over(d => d.Audit(Of(_coded[c], d.T), paired: true))));
        var large = new Deal[Math.Min(20, _deals.Length)];
        for (int d = 0; d < large.Length; d++) large[d] = new Deal(this, (ulong)(1000 + d), 66);
        Ledger[] whole = Show("all 66 training images, as a sample", [.. large.Select(d => d.Audit(Of(_real, d.T)))]);

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"never the darkest third: lost is over 0 in {100 * bright.Count(l => l.Lost.Low > 0) / (double)bright.Length:0} % of deals"));
        if (_view.IsScaled)
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
                    i < ofT * tenth ? _real[d.T[i]] : i < (ofT + ofNoise) * tenth ? _noise[d.Fresh[i]] : _real[d.Fresh[i]])));
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

    private static int[] Draws(Deal deal)
    {
        var rng = new Rng(Rng.Mix(deal.Seed, "draws"));
        int[] draws = new int[Units];
        for (int i = 0; i < draws.Length; i++) draws[i] = rng.NextInt(Units);
        return draws;
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
            double mean = Mean(ledgers, of), spread = Math.Sqrt(ledgers.Sum(l => Math.Pow(of(l).Value!.Value - mean, 2)) / (ledgers.Length - 1));
            double? half = ledgers.Average(l => (of(l).High - of(l).Low) / 2);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {figure,-13}{mean,7:0.000} ({spread:0.000}; {half:0.000}; {100 * Excluding(ledgers, of):0.0} %)"));
        }
        return ledgers;
    }

    private static void Bar(string what, double value, double low, double high) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{(value >= low && value <= high ? "met  " : "SHORT")} {what}: {value:0.0000}, asked {low} to {high}"));

    private float[][] Look(Picture[] pictures)
    {
        float[][] points = new float[pictures.Length][];
        Parallel.For(0, pictures.Length, i =>
        {
            var list = new List<float>();
            _view.Points(pictures[i], list);
            points[i] = [.. list];
        });
        return points;
    }

    private PointSample Sample(IEnumerable<float[]> documents)
    {
        var sample = new PointSample(_view.Dimensions);
        foreach (float[] document in documents) sample.Add(sample.Documents, document);
        return sample;
    }

    private static Picture Grey(Picture picture)
    {
        byte[] rgb = new byte[picture.Rgb.Length];
        for (int i = 0; i < rgb.Length; i += 3)
            rgb.AsSpan(i, 3).Fill((byte)(((299 * picture.Rgb[i]) + (587 * picture.Rgb[i + 1]) + (114 * picture.Rgb[i + 2]) + 500) / 1000));
        return new Picture(picture.Width, picture.Height, rgb);
    }

    private static Picture Noise(int width, int height, ulong seed)
    {
        var rng = new Rng(Rng.Mix(seed, "noise"));
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)rng.Next();
        return new Picture(width, height, rgb);
    }
}
