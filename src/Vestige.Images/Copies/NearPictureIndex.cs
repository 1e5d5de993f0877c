using Vestige.Copies;

namespace Vestige.Images.Copies;

/// <summary>Pictures whose near-copies can be looked for.</summary>
/// <remarks>About 4.5 kB for each. All are compared on a coarse grid, the most alike on the fine one.</remarks>
internal sealed class NearPictureIndex : INearIndex<Picture>
{
    /// <summary>Pictures that are compared on the fine grid.</summary>
    internal const int MostCompared = 12;

    private const int Coarse = PictureGrid.CoarseSide * PictureGrid.CoarseSide;

    private readonly PictureGrid?[] _grids;
    private readonly string[] _names;
    private readonly Dictionary<UInt128, int> _equal = [];

    // (pictures, parts, Coarse): whole numbers, so that sums are the same in any order.
    private readonly sbyte[] _coarse;

    internal NearPictureIndex(PictureGrid?[] grids, string[] names)
    {
        (_grids, _names) = (grids, names);
        _coarse = new sbyte[(long)grids.Length * GridAlignment.Starts.Count * Coarse];
        for (int i = 0; i < grids.Length; i++)
        {
            if (grids[i] is not { } grid) continue;
            _equal.TryAdd(grid.Pixels, i);
            for (int p = 0; p < GridAlignment.Starts.Count; p++) Describe(grid, GridAlignment.Starts[p], CoarseOf(i, p));
        }
    }

    public NearMatch Find(IReadOnlyList<Picture> document)
    {
        var grid = PictureGrid.Of(document[0]);
        if (_equal.TryGetValue(grid.Pixels, out int same)) return Match(same, 1);
        (int of, float similarity) = Nearest(grid);
        return of >= 0 && similarity >= NearPictures.Threshold ? Match(of, similarity) : NearMatch.None(1);
    }

    /// <summary>The picture most like this one, or its mirror image, of those that show anything; -1 if there is none.</summary>
    internal (int Of, float Similarity) Nearest(PictureGrid grid)
    {
        PictureGrid mirrored = grid.Mirrored();
        var candidates = new PriorityQueue<int, (int Likeness, int Number)>();
        Span<sbyte> own = stackalloc sbyte[2 * GridAlignment.Starts.Count * Coarse];
        bool shows = true;
        for (int p = 0; p < GridAlignment.Starts.Count; p++)
        {
            shows &= Describe(grid, GridAlignment.Starts[p], own.Slice(p * Coarse, Coarse));
            Describe(mirrored, GridAlignment.Starts[p], own.Slice((GridAlignment.Starts.Count + p) * Coarse, Coarse));
        }
        if (!shows) return (-1, 0);
        for (int i = 0; i < _grids.Length; i++)
        {
            if (_grids[i] is not { } there || !grid.MayBe(there)) continue;
            int likeness = Math.Max(Likeness(own[..(GridAlignment.Starts.Count * Coarse)], i), Likeness(own[(GridAlignment.Starts.Count * Coarse)..], i));
            if (candidates.Count < MostCompared) candidates.Enqueue(i, (likeness, -i));
            else candidates.EnqueueDequeue(i, (likeness, -i));
        }
        (int of, float best) = (-1, 0);
        foreach (int i in candidates.UnorderedItems.Select(item => item.Element).Order())
        {
            float similarity = Math.Max(GridAlignment.Similarity(grid, _grids[i]!), GridAlignment.Similarity(mirrored, _grids[i]!));
            if (similarity > best) (of, best) = (i, similarity);
        }
        return (of, best);
    }

    private NearMatch Match(int of, float similarity) => new(1, 1, _names[of], similarity, []) { OfNumber = of };

    /// <summary>The whole of the one against parts of the other, both ways.</summary>
    private int Likeness(ReadOnlySpan<sbyte> own, int picture)
    {
        int best = int.MinValue;
        for (int p = 0; p < GridAlignment.Starts.Count; p++)
        {
            best = Math.Max(best, Product(own[..Coarse], CoarseOf(picture, p)));
            if (p > 0) best = Math.Max(best, Product(own.Slice(p * Coarse, Coarse), CoarseOf(picture, 0)));
        }
        return best;
    }

    private static int Product(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        int sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private Span<sbyte> CoarseOf(int picture, int part) => _coarse.AsSpan(((picture * GridAlignment.Starts.Count) + part) * Coarse, Coarse);

    /// <summary>The part of a picture in coarse cells, less their mean and of one length; zeros, and false, where it shows nothing.</summary>
    private static bool Describe(PictureGrid grid, GridAlignment.Part part, Span<sbyte> into)
    {
        const int half = PictureGrid.Side / 2;
        Span<float> cells = stackalloc float[half * half], coarse = stackalloc float[Coarse];
        GridAlignment.Sample(grid, part, cells);
        coarse.Clear();
        for (int y = 0; y < half; y++)
            for (int x = 0; x < half; x++)
                coarse[((y / 2) * PictureGrid.CoarseSide) + (x / 2)] += cells[(y * half) + x] / 4;
        float mean = 0, square = 0;
        foreach (float cell in coarse) mean += cell / Coarse;
        foreach (float cell in coarse) square += (cell - mean) * (cell - mean);
        into.Clear();
        if (square < Coarse * PictureGrid.Flat * PictureGrid.Flat) return false;
        float scale = 400 / MathF.Sqrt(square);
        for (int i = 0; i < Coarse; i++) into[i] = (sbyte)Math.Clamp(MathF.Round((coarse[i] - mean) * scale), -127, 127);
        return true;
    }
}
