using Vestige.Numerics;

namespace Vestige.Images.Views;

/// <summary>Where the patches of an image lie: one at random in each cell of a grid, so that they do not overlap, cover the image evenly and start
/// anywhere on the grid of a block codec. The size of the image alone decides, so that equal images, and an original and what a codec made of
/// it, are looked at in the same places.</summary>
internal static class PatchGrid
{
    /// <summary>Most patches of one image. The search for neighbours takes time that grows as its square, and patches of one image are
    /// alike: beyond 24 of them, the ledger of the same photographs grew no more certain.</summary>
    public const int Most = 32;

    /// <summary>The top left corners (x, y), row after row.</summary>
    /// <param name="width">Width of the image, pixels.</param>
    /// <param name="height">Height of the image, pixels.</param>
    /// <param name="size">Side of a patch, pixels.</param>
    /// <returns>1 to <see cref="Most"/> corners. A patch lies inside the image, but for a side that is shorter than the patch: there it
    /// starts at 0.</returns>
    public static IReadOnlyList<(int X, int Y)> Corners(int width, int height, int size)
    {
        double cell = Math.Max(size, Math.Sqrt((double)width * height / Most));
        int columns = Math.Clamp((int)(width / cell), 1, Most);
        int rows = Math.Clamp((int)(height / cell), 1, Most / columns);
        var rng = new Rng(Rng.Mix((ulong)width, (ulong)height));
        var corners = new List<(int, int)>(columns * rows);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                corners.Add((Within(column, columns, width, size, ref rng), Within(row, rows, height, size, ref rng)));
        return corners;
    }

    /// <summary>A random start of a patch inside cell <paramref name="cell"/> of <paramref name="cells"/> along one side.</summary>
    private static int Within(int cell, int cells, int length, int size, ref Rng rng)
    {
        int start = (int)((long)cell * length / cells), end = (int)((long)(cell + 1) * length / cells);
        return start + rng.NextInt(Math.Max(1, end - start - size + 1));
    }
}
