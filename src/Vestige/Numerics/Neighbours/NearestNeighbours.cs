namespace Vestige.Numerics.Neighbours;

/// <summary>Exact nearest neighbours and ball coverage, the same on every machine and with any number of threads.</summary>
/// <remarks>
/// Distances are those of <see cref="PointSet.SquaredDistance"/>. Where there is much to add up the pairs are first sifted on a
/// <see cref="Grid"/>, which leaves the few whose distance is then computed; what is found is the same.
/// </remarks>
internal static class NearestNeighbours
{
    /// <summary>Dimensions from which the grid is worth its own cost.</summary>
    private const int GridDimensions = 8;

    /// <summary>Finds the nearest references of each query, in all and without each group of references.</summary>
    /// <param name="queries">Points whose neighbours are sought.</param>
    /// <param name="references">Points among which they are sought, in as many dimensions.</param>
    /// <param name="k">Neighbours of each query, at least 1; the table answers for fewer as well.</param>
    /// <param name="excludeOwnUnit">Whether a query's own unit is not among its neighbours: where both sets are of one sample.</param>
    /// <param name="threads">At least 1.</param>
    /// <exception cref="ArgumentException">The sets differ in dimensions.</exception>
    internal static NeighbourTable Find(PointSet queries, PointSet references, int k, bool excludeOwnUnit, int threads) =>
        Find(GridFor(queries, references, threads), queries, references, k, excludeOwnUnit, threads);

    /// <summary>Finds neighbours with a grid, or without.</summary>
    internal static NeighbourTable Find(Grid? grid, PointSet queries, PointSet references, int k, bool excludeOwnUnit, int threads)
    {
        RequireOneSpace(queries, references);
        var table = new NeighbourTable(queries.Count, k, references);
        var panels = new Lazy<DirectPanels>(() => DirectPanels.Of(queries, references));
        Run(queries, threads, () =>
        {
            var direct = new DirectSearch(queries, references, excludeOwnUnit, table, panels);
            return grid is null ? direct : new GridSearch(queries, references, excludeOwnUnit, table, grid, direct);
        });
        return table;
    }

    /// <summary>Which replicates of a jackknife over the references cover each query: some reference outside the group left out has it in its ball.</summary>
    /// <param name="queries">Points that may be covered.</param>
    /// <param name="references">Centres of the balls, in as many dimensions.</param>
    /// <param name="squaredRadii">
    /// (references, groups + 1) squared radius of each reference without each of the references' groups, and without none. The rim belongs
    /// to the ball; a negative radius is that of no ball, an infinite one that of all space.
    /// </param>
    /// <param name="threads">At least 1.</param>
    /// <returns>Bit j of each query: covered without group j; bit <see cref="PointSet.GroupCount"/>: covered by all references.</returns>
    /// <exception cref="ArgumentException">The sets differ in dimensions, the radii are not as many as said, or one is NaN.</exception>
    internal static uint[] Covered(PointSet queries, PointSet references, ReadOnlySpan<float> squaredRadii, int threads) =>
        Covered(GridFor(queries, references, threads), queries, references, squaredRadii, threads);

    /// <summary>Finds what is covered with a grid, or without.</summary>
    internal static uint[] Covered(Grid? grid, PointSet queries, PointSet references, ReadOnlySpan<float> squaredRadii, int threads)
    {
        RequireOneSpace(queries, references);
        var balls = new Balls(references, squaredRadii, grid);
        var panels = new Lazy<DirectPanels>(() => DirectPanels.Of(queries, references));
        uint[] covered = new uint[queries.Count];
        Run(queries, threads, () => new BallSearch(queries, references, balls, covered, grid, panels));
        return covered;
    }

    private static void Run(PointSet queries, int threads, Func<Search> workspace)
    {
        int panels = (queries.Count + Tile.Rows - 1) / Tile.Rows;
        int blocks = (panels + Search.MaxPanels - 1) / Search.MaxPanels;
        Blocks.Run(threads, blocks, workspace, (block, search) =>
            search.Run(block * Search.MaxPanels, Math.Min((block + 1) * Search.MaxPanels, panels)));
    }

    private static Grid? GridFor(PointSet queries, PointSet references, int threads) =>
        GridArithmetic.IsAccelerated && queries.Dimensions >= GridDimensions && queries.Dimensions == references.Dimensions
            ? Grid.Of(queries, references, threads)
            : null;

    private static void RequireOneSpace(PointSet queries, PointSet references)
    {
        if (queries.Dimensions != references.Dimensions)
            throw new ArgumentException($"Queries have {queries.Dimensions} dimensions and references {references.Dimensions}.", nameof(references));
    }
}
