using Vestige.Compressors;
using Vestige.Estimators.Points;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Sources;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Specs;
using Vestige.Views;

namespace Vestige.Benchmarks;

/// <summary>A folder of photographs, halved, as points of one view, beside noise, greys and codings of them; dealt many times.</summary>
internal sealed class PhotographDeals
{
    private readonly IPointView<Picture> _view;

    /// <summary>Reads, codes and looks.</summary>
    internal PhotographDeals(string folder, IPointView<Picture> view, IReadOnlyList<string> codecs)
    {
        _view = view;
        PictureFolder source = PictureFolder.Open(folder, new PictureOptions(Ratio.Parse("1/2"), PictureOptions.Default.PixelLimit), null, default);
        Picture[] pictures = [.. source.Documents.Select((_, i) => source.Read(i)[0])];
        Real = Look(pictures);
        Noise = Look([.. pictures.Select((p, i) => NoiseOf(p.Width, p.Height, (ulong)i))]);
        Grey = Look([.. pictures.Select(GreyOf)]);
        ByBrightness = [.. Enumerable.Range(0, pictures.Length).OrderBy(i => pictures[i].Rgb.Average(x => (double)x))];
        Coded = codecs.ToDictionary(name => name, name =>
        {
            Spec spec = Spec.Parse(name, PictureCompressors.Rows).Single();
            var codec = (ICodec<Picture>)((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, default);
            return Look([.. pictures.Select(p => codec.Code(p).Reconstruction)]);
        });
    }

    /// <summary>The points of each photograph.</summary>
    internal float[][] Real { get; }

    /// <summary>Those of noise of its size.</summary>
    internal float[][] Noise { get; }

    /// <summary>Those of it without colour.</summary>
    internal float[][] Grey { get; }

    /// <summary>Those of what a codec makes of it.</summary>
    internal IReadOnlyDictionary<string, float[][]> Coded { get; }

    /// <summary>The photographs, the darkest first.</summary>
    internal int[] ByBrightness { get; }

    internal bool IsScaled => _view.IsScaled;

    /// <summary>Deals of so many photographs a sample, made beside each other.</summary>
    internal Deal[] Deals(int count, int units, int first = 0)
    {
        var deals = new Deal[count];
        Parallel.For(0, count, d => deals[d] = new Deal(this, (ulong)(first + d), units));
        return deals;
    }

    internal PointSample Sample(IEnumerable<float[]> documents)
    {
        var sample = new PointSample(_view.Dimensions);
        foreach (float[] document in documents) sample.Add(sample.Documents, document);
        return sample;
    }

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

    private static Picture GreyOf(Picture picture)
    {
        byte[] rgb = new byte[picture.Rgb.Length];
        for (int i = 0; i < rgb.Length; i += 3)
            rgb.AsSpan(i, 3).Fill((byte)(((299 * picture.Rgb[i]) + (587 * picture.Rgb[i + 1]) + (114 * picture.Rgb[i + 2]) + 500) / 1000));
        return new Picture(picture.Width, picture.Height, rgb);
    }

    private static Picture NoiseOf(int width, int height, ulong seed)
    {
        var rng = new Rng(Rng.Mix(seed, "noise"));
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)rng.Next();
        return new Picture(width, height, rgb);
    }

    /// <summary>One deal into T, H, A and what is left.</summary>
    internal sealed class Deal
    {
        private readonly PhotographDeals _of;
        private readonly int _units;

        internal Deal(PhotographDeals of, ulong number, int units)
        {
            (_of, _units) = (of, units);
            Seed = Rng.Mix(number, "deal");
            int[] order = [.. Enumerable.Range(0, of.Real.Length)];
            var rng = new Rng(Seed);
            rng.Shuffle<int>(order);
            T = order[..units];
            Fresh = order[^units..];
            Spare = order[(3 * units)..];
            References = new PointReferences(of.Sample(T.Select(i => of.Real[i])), of.Sample(order[units..(2 * units)].Select(i => of.Real[i])),
                of.Sample(order[(2 * units)..(3 * units)].Select(i => of.Real[i])), threads: 1, of.IsScaled);
        }

        internal ulong Seed { get; }

        internal int[] T { get; }

        internal int[] Fresh { get; }

        /// <summary>All that is in none of T, H and A.</summary>
        internal int[] Spare { get; }

        internal PointReferences References { get; }

        /// <summary>Places in T, drawn with replacement, as many as there are.</summary>
        internal int[] Draws()
        {
            var rng = new Rng(Rng.Mix(Seed, "draws"));
            int[] draws = new int[_units];
            for (int i = 0; i < draws.Length; i++) draws[i] = rng.NextInt(_units);
            return draws;
        }

        internal Ledger Audit(IEnumerable<float[]> generated, bool paired = false) => References.Audit(_of.Sample(generated), paired, new PointLedger.Plan("", "", 1));
    }
}
