using Vestige.Copies;

namespace Vestige.Images.Copies;

/// <summary>Pictures whose near-copies can be looked for.</summary>
/// <remarks>About 5 kB for each. All are compared on a coarse grid, the most alike on the fine one.</remarks>
internal sealed class NearPictureIndex : INearIndex<Picture>
{
    /// <summary>Pictures that are compared on the fine grid.</summary>
    internal const int MostCompared = 12;

    private readonly PictureGrid?[] _grids;
    private readonly string[] _names;
    private readonly Dictionary<UInt128, int> _equal = [];
    private readonly CoarseParts?[] _wholes, _figures;

    internal NearPictureIndex(PictureGrid?[] grids, string[] names)
    {
        (_grids, _names) = (grids, names);
        (_wholes, _figures) = (new CoarseParts?[grids.Length], new CoarseParts?[grids.Length]);
        for (int i = 0; i < grids.Length; i++)
        {
            if (grids[i] is not { } grid) continue;
            _equal.TryAdd(grid.Pixels, i);
            _wholes[i] = CoarseParts.Of(grid);
            _figures[i] = CoarseParts.OfFigure(grid);
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
        CoarseParts own = CoarseParts.Of(grid);
        if (!own.Shows) return (-1, 0);
        var candidates = new SortedSet<int>(MostAlike(grid, own, CoarseParts.Of(mirrored), _wholes));
        // Among cut-outs of one outline the copy need not be among those most alike on the whole.
        if (CoarseParts.OfFigure(grid) is { } figure) candidates.UnionWith(MostAlike(grid, figure, CoarseParts.OfFigure(mirrored)!, _figures));
        (int of, float best) = (-1, 0);
        foreach (int i in candidates)
        {
            float similarity = Math.Max(GridAlignment.Similarity(grid, _grids[i]!), GridAlignment.Similarity(mirrored, _grids[i]!));
            if (similarity > best) (of, best) = (i, similarity);
        }
        return (of, best);
    }

    private IEnumerable<int> MostAlike(PictureGrid grid, CoarseParts own, CoarseParts mirrored, CoarseParts?[] all)
    {
        var most = new PriorityQueue<int, (int Likeness, int Number)>();
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i] is not { } there || !grid.MayBe(_grids[i]!)) continue;
            int likeness = Math.Max(own.Likeness(there), mirrored.Likeness(there));
            if (most.Count < MostCompared) most.Enqueue(i, (likeness, -i));
            else most.EnqueueDequeue(i, (likeness, -i));
        }
        return most.UnorderedItems.Select(item => item.Element);
    }

    private NearMatch Match(int of, float similarity) => new(1, 1, _names[of], similarity, []) { OfNumber = of };
}
