using Vestige.Images.Planes;

namespace Vestige.Images.Paired.Detail;

/// <summary>Detail lost and detail invented between an original and a reconstruction, on one plane: in all, at each level, in each tile.</summary>
public sealed class DetailComparison
{
    /// <summary>Side of the finest tiles, pixels.</summary>
    internal const int FineTile = 8;

    private readonly CellSums[] _levels;

    private DetailComparison(int width, int height, CellSums[] levels, DetailSums coarse, DetailMap? map)
    {
        (Width, Height, _levels, Coarse, Map) = (width, height, levels, coarse, map);
        foreach (int level in Enumerable.Range(0, levels.Length)) Total += Level(level);
    }

    /// <summary>Levels: details of about 2, 4, 8 and 16 pixels.</summary>
    public static int Levels => 4;

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The whole image.</summary>
    public DetailSums Total { get; }

    /// <summary>What is left when all detail is taken off: means over about 16 pixels, their distance from zero. Nothing masks it.</summary>
    public DetailSums Coarse { get; }

    /// <summary>Where; null where no map was asked for.</summary>
    internal DetailMap? Map { get; }

    /// <summary>One level of the whole image.</summary>
    public DetailSums Level(int level)
    {
        double[] sums = _levels[level].Sums;
        DetailSums total = default;
        for (int at = 0; at < sums.Length; at += LevelComparison.Quantities) total += Read(sums, at);
        return total with { Faint = Visibility.Faint(level) * Width * Height };
    }

    /// <summary>Tiles of a grid from the upper left corner, row after row; those at the right and lower edge are cut.</summary>
    /// <param name="side">Side in pixels, a multiple of 8.</param>
    /// <param name="levels">How many levels count, the finest first; of a level whose coefficients stand for more pixels than a tile none does.</param>
    internal DetailSums[] Tiles(int side, int levels)
    {
        int columns = ColumnsOf(side), rows = (Height + side - 1) / side;
        var tiles = new DetailSums[columns * rows];
        foreach ((double[] sums, int cells, int cellRows, int cellSide) in _levels.AsSpan(0, levels))
        {
            if (cellSide > side) continue;
            for (int y = 0; y < cellRows; y++)
                for (int x = 0; x < cells; x++)
                    tiles[(y * cellSide / side * columns) + (x * cellSide / side)] += Read(sums, ((y * cells) + x) * LevelComparison.Quantities);
        }
        return tiles;
    }

    /// <summary>Tiles in a row of the grid.</summary>
    internal int ColumnsOf(int side) => (Width + side - 1) / side;

    /// <summary>Compares two planes of one size.</summary>
    /// <param name="original">The original.</param>
    /// <param name="decoded">The reconstruction.</param>
    /// <param name="map">Whether a map is wanted.</param>
    /// <param name="zero">The sample that counts as nothing in <see cref="Coarse"/>: black of luma, neutral of a colour difference.</param>
    /// <remarks>All levels go down the image together, each as soon as the one before has the rows it takes: of the details only some rows
    /// ever stand in memory.</remarks>
    internal static DetailComparison Of(Plane original, Plane decoded, bool map, float zero = 0)
    {
        var levels = new LevelComparison[Levels];
        (Plane Original, Plane Decoded) input = (original, decoded);
        for (int level = 0; level < Levels; level++)
        {
            levels[level] = new LevelComparison(input.Original, input.Decoded, level, map);
            input = levels[level].Approximations;
        }
        var coarse = new CoarseComparison(Levels, zero);
        WorkProgress(0, original.Height);
        CellSums[] sums = [.. levels.Select(level => level.Cells)];
        return new DetailComparison(original.Width, original.Height, sums, coarse.Total,
            map ? new DetailMap(DetailMap.Merge([.. levels.Select(level => level.Lost!)]), DetailMap.Merge([.. levels.Select(level => level.Invented!)])) : null);

        void WorkProgress(int level, int available)
        {
            while (levels[level].TryNext(available))
            {
                if (level + 1 < Levels) WorkProgress(level + 1, levels[level].Rows);
                else coarse.Add(levels[level].Approximations, levels[level].Rows - 1);
            }
        }
    }

    private static DetailSums Read(double[] sums, int at) => new(sums[at], sums[at + 1], sums[at + 2], sums[at + 3], sums[at + 4], sums[at + 5], 0);
}
