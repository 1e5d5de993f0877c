namespace Vestige.Images.Paired.Detail;

/// <summary>Detail lost and detail invented between an original and a reconstruction, on one plane: in all, at each level, in each tile.</summary>
public sealed class DetailComparison
{
    /// <summary>Side of the finest tiles, pixels.</summary>
    internal const int FineTile = 8;

    // A level's cell is a fine tile, or one coefficient where that stands for more pixels.
    private readonly (double[] Sums, int Columns, int Rows, int Side)[] _levels;

    private DetailComparison(int width, int height, (double[], int, int, int)[] levels, DetailMap? map)
    {
        (Width, Height, _levels, Map) = (width, height, levels, map);
        foreach (int level in Enumerable.Range(0, levels.Length)) Total += Level(level);
    }

    /// <summary>Levels: details of about 2, 4, 8 and 16 pixels.</summary>
    public static int Levels => WaveletPyramid.Levels;

    /// <summary>Pixels of a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The whole image.</summary>
    public DetailSums Total { get; }

    /// <summary>Where; null where no map was asked for.</summary>
    internal DetailMap? Map { get; }

    /// <summary>One level of the whole image.</summary>
    public DetailSums Level(int level)
    {
        double[] sums = _levels[level].Sums;
        DetailSums total = default;
        for (int at = 0; at < sums.Length; at += LevelComparison.Quantities) total += Read(sums, at);
        return total;
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

    internal static DetailComparison Of(int width, int height, WaveletPyramid original, WaveletPyramid decoded, bool map)
    {
        var levels = new (double[], int, int, int)[WaveletPyramid.Levels];
        var (lost, invented) = (new Plane[WaveletPyramid.Levels], new Plane[WaveletPyramid.Levels]);
        for (int level = 0; level < levels.Length; level++)
        {
            Plane[] bands = original.Bands[level];
            int cell = Math.Max(1, FineTile >> (level + 1));
            int columns = (bands[0].Width + cell - 1) / cell, rows = (bands[0].Height + cell - 1) / cell;
            if (map) (lost[level], invented[level]) = (new Plane(bands[0].Width, bands[0].Height), new Plane(bands[0].Width, bands[0].Height));
            double[] sums = LevelComparison.Run(bands, decoded.Bands[level], level, cell, columns, lost[level], invented[level]);
            levels[level] = (sums, columns, rows, cell << (level + 1));
        }
        return new DetailComparison(width, height, levels, map ? new DetailMap(DetailMap.Merge(lost), DetailMap.Merge(invented)) : null);
    }

    private static DetailSums Read(double[] sums, int at) => new(sums[at], sums[at + 1], sums[at + 2], sums[at + 3], sums[at + 4], sums[at + 5]);
}
