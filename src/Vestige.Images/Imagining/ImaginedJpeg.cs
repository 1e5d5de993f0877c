using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Jpeg;
using Vestige.Images.Planes;
using Vestige.Numerics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining;

/// <summary>What the original of a JPEG may have been: pictures of which the same encoder would make the same coefficients.</summary>
internal sealed class ImaginedJpeg
{
    /// <summary>Rounds of putting back what rounding to pixels, and colours outside 0 to 255, took out of its cell.</summary>
    private const int MostRounds = 60;

    /// <summary>Rounds after which what is still outside is tried as a matter of single pixels.</summary>
    private static readonly int[] s_repairs = [5, 10, 20, 30, 40, 50, MostRounds];

    /// <summary>A band that so many repairs leave no better than the best before is given up: where steps are as small as pixels, more rounds only push colours further
    /// beyond what pixels can show.</summary>
    private const int Patience = 4;

    /// <summary>Grey levels of a coefficient: what rounding pixels to 8 bits and then luma and chroma to 8 bits moves one by: its standard deviation is .35.</summary>
    private const float Rounding = 0.5f;

    private readonly JpegImage _jpeg;
    private readonly JpegCells[] _cells;
    private readonly PlaneImaginer[] _planes;
    private readonly (int Across, int Down)[] _factors;
    private readonly PixelRepair _repair;

    /// <summary>Rows of pixels that are coded together.</summary>
    private readonly int _band;

    /// <summary>Looks at a file.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="tables">The prior's.</param>
    /// <exception cref="JpegException">It is of a kind whose pixels are not made here.</exception>
    internal ImaginedJpeg(JpegImage jpeg, PriorTables tables)
    {
        if (jpeg.Components.Count is not (1 or 3))
            throw new JpegException($"has {jpeg.Components.Count} components; grey and colour of three are imagined here") { IsOfOtherKind = true };
        int across = jpeg.Components.Max(c => c.Horizontal), down = jpeg.Components.Max(c => c.Vertical);
        if (jpeg.Components.Any(c => across % c.Horizontal != 0 || down % c.Vertical != 0))
            throw new JpegException($"is sampled as {jpeg.Chroma}, where a sample is no whole number of pixels; that is not imagined here") { IsOfOtherKind = true };
        _jpeg = jpeg;
        // Of a single component the sampling says nothing.
        _factors = jpeg.Components.Count == 1 ? [(1, 1)] : [.. jpeg.Components.Select(c => (across / c.Horizontal, down / c.Vertical))];
        _band = 8 * _factors.Max(factor => factor.Down);
        CellTable.Set[] priors = [.. jpeg.Components.Select((_, i) => i == 0 || jpeg.Colour == JpegColour.Rgb ? tables.Luma
            : _factors[i] == (1, 1) ? tables.Chroma : tables.HalfChroma)];
        _cells = [.. jpeg.Components.Select((component, i) => new JpegCells(component, priors[i]))];
        _repair = new PixelRepair(jpeg, _cells, _factors);
        _planes = [.. _cells.Select((cells, i) => new PlaneImaginer(priors[i].Prior, cells))];
    }

    /// <summary>Coefficients of the last picture that an encoder would round to others than the file's: at steps of 1 or 2, rounding to pixels leaves no choice.</summary>
    internal long Outside { get; private set; }

    /// <summary>The mean of what the original may have been.</summary>
    internal Picture Mean() => InCells([.. _planes.Select(plane => plane.Mean())]);

    /// <summary>One that it may have been; the same seed gives the same.</summary>
    internal Picture Draw(ulong seed) => InCells([.. _planes.Select((plane, i) => plane.Draw(Rng.Mix(seed, (ulong)i)))]);

    /// <summary>Paints the planes; what an encoder would not round to the file's coefficients is moved and painted anew, band by band.</summary>
    private Picture InCells(Plane[] planes)
    {
        var picture = new Picture(_jpeg.Width, _jpeg.Height, new byte[checked(3 * _jpeg.Width * _jpeg.Height)]);
        var best = new Dictionary<int, Attempt>();
        int[] dirty = [.. Enumerable.Range(0, (_jpeg.Height + _band - 1) / _band)];
        for (int round = 0; dirty.Length > 0; round++)
        {
            foreach (int band in dirty) Paint(planes, band, picture);
            bool isRepaired = s_repairs.Contains(round);
            var left = new List<int>();
            foreach (int band in dirty)
            {
                if (PutBack(picture, planes, band, round) == 0) best.Remove(band);
                else if (!isRepaired || !IsDone(picture, band, best, round == MostRounds)) left.Add(band);
            }
            dirty = [.. left];
        }
        foreach ((int band, Attempt attempt) in best) attempt.Pixels.CopyTo(Pixels(picture, band));
        Outside = best.Values.Sum(attempt => attempt.Outside);
        return picture;
    }

    /// <summary>The best of what a band was repaired to: how far it is outside says more than how many coefficients are, since encoders forgive the last tenth
    /// of a level.</summary>
    private sealed record Attempt(long Outside, double Excess, byte[] Pixels, int Failures);

    /// <summary>Repairs a band, and says whether nothing more is to be done: it is in its cells, or will not be.</summary>
    private bool IsDone(Picture picture, int band, Dictionary<int, Attempt> best, bool isLast)
    {
        (long outside, double excess) = _repair.Repair(picture, band * _band);
        if (outside == 0)
        {
            best.Remove(band);
            return true;
        }
        best[band] = best.TryGetValue(band, out Attempt? before) && before.Excess <= excess ? before with { Failures = before.Failures + 1 }
            : new Attempt(outside, excess, Pixels(picture, band).ToArray(), 0);
        return isLast || best[band].Failures == Patience;
    }

    private Span<byte> Pixels(Picture picture, int band)
    {
        int stride = 3 * _jpeg.Width, top = band * _band;
        return picture.Rgb.AsSpan(top * stride, Math.Min(_band, _jpeg.Height - top) * stride);
    }

    private void Paint(Plane[] planes, int band, Picture picture)
    {
        int top = band * _band, rows = Math.Min(_band, _jpeg.Height - top), stride = 3 * _jpeg.Width;
        Plane[] full = [.. planes.Select((plane, i) => ColourPlanes.Enlarge(plane, _jpeg.Width, top, rows, _factors[i].Across, _factors[i].Down))];
        float[] pixels = new float[stride];
        for (int y = 0; y < rows; y++)
        {
            ColourPlanes.Row(full, _jpeg.Colour == JpegColour.Rgb, y, pixels);
            Span<byte> to = picture.Rgb.AsSpan((top + y) * stride, stride);
            for (int i = 0; i < to.Length; i++) to[i] = ColourPlanes.Byte(pixels[i]);
        }
    }

    /// <summary>Codes a band again, and moves the planes by what its coefficients are outside their cells: what stays outside, round by round further towards the
    /// middle.</summary>
    private long PutBack(Picture picture, Plane[] planes, int band, int round)
    {
        long outside = 0;
        Span<V> block = stackalloc V[64];
        for (int i = 0; i < planes.Length; i++)
        {
            int first = band * _band / _factors[i].Down / 8, last = Math.Min(first + (_band / _factors[i].Down / 8), _cells[i].Rows);
            Plane samples = ComponentSamples.Of(picture, _jpeg, i, 8 * first, 8 * last).ToPlane();
            for (int row = first; row < last; row++)
                for (int column = 0; column < _cells[i].Columns; column += BlockBatch.Lanes)
                {
                    BlockBatch.Load(samples, column * 8, (row - first) * 8, block);
                    int here = _cells[i].Excess(column, row, block, Rounding * (1 + (0.5f * round)), Math.Min(0.25f + (0.02f * round), 0.5f));
                    outside += here;
                    if (here == 0) continue;
                    BlockBatch.Fold(planes[i], column * 8, row * 8, block);
                    BlockBatch.Add(planes[i], column * 8, row * 8, block);
                }
        }
        return outside;
    }
}
