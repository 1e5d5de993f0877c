using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vestige.Images.Copies;

/// <summary>A picture reduced to what survives rescaling and coding: a small grid of brightness.</summary>
/// <remarks>Each cell is the mean of its part of the picture, however large that is: sums of integers in one order, the same on every machine.</remarks>
internal sealed class PictureGrid
{
    /// <summary>Cells in each direction, whatever the picture's shape.</summary>
    internal const int Side = 32;

    /// <summary>Cells of the coarse grid by which near pictures are found before they are compared.</summary>
    internal const int CoarseSide = 8;

    /// <summary>Under this standard deviation of the cells, in grey levels, a picture shows nothing by which it could be known.</summary>
    internal const float Flat = 2;

    // What a copy may be of another colour on the whole (levels of Cb and of Cr), and of another contrast: coding, cropping and exposure stay within.
    private const float MostColour = 24, MostContrast = 2.5f;

    /// <summary>Grey levels within which a cell is of the ground.</summary>
    internal const float SameGround = 6;

    private readonly float[] _cells;
    private readonly float _blue, _red, _contrast;

    private PictureGrid(float[] cells, UInt128 pixels, float blue, float red)
    {
        (_cells, Pixels, _blue, _red) = (cells, pixels, blue, red);
        float mean = 0, square = 0;
        foreach (float cell in cells) mean += cell / cells.Length;
        foreach (float cell in cells) square += (cell - mean) * (cell - mean);
        _contrast = MathF.Sqrt(square / cells.Length);
        Ground = GroundOf(cells);
    }

    /// <summary>The level of the plain ground on which the picture shows something (a white page, a backdrop): that of three quarters of the cells at its edges; null if there is
    /// none.</summary>
    internal float? Ground { get; }

    /// <summary>A hash of width, height and pixels: equal pictures are found whatever they show.</summary>
    internal UInt128 Pixels { get; }

    /// <summary>(Side, Side): mean luma of ITU-R BT.601, 0 to 255.</summary>
    internal ReadOnlySpan<float> Cells => _cells;

    /// <summary>Whether the one could be a copy of the other by its colour and contrast on the whole: of stripes and other plain patterns, brightness alone is
    /// alike in pictures that have nothing to do with each other.</summary>
    internal bool MayBe(PictureGrid other) => Math.Abs(_blue - other._blue) <= MostColour && Math.Abs(_red - other._red) <= MostColour
        && _contrast <= MostContrast * other._contrast && other._contrast <= MostContrast * _contrast;

    internal static PictureGrid Of(Picture picture)
    {
        float[] cells = new float[Side * Side];
        long[] column = new long[picture.Width];
        for (int cy = 0; cy < Side; cy++)
        {
            (int top, int bottom) = Range(cy, picture.Height);
            Array.Clear(column);
            for (int y = top; y < bottom; y++)
            {
                ReadOnlySpan<byte> row = picture.Rgb.AsSpan(y * 3 * picture.Width, 3 * picture.Width);
                for (int x = 0, i = 0; x < column.Length; x++, i += 3) column[x] += (299 * row[i]) + (587 * row[i + 1]) + (114 * row[i + 2]);
            }
            for (int cx = 0; cx < Side; cx++)
            {
                (int left, int right) = Range(cx, picture.Width);
                long sum = 0;
                for (int x = left; x < right; x++) sum += column[x];
                cells[(cy * Side) + cx] = (float)(sum / (1000.0 * (right - left) * (bottom - top)));
            }
        }
        long red = 0, green = 0, blue = 0;
        for (int i = 0; i < picture.Rgb.Length; i += 3)
        {
            red += picture.Rgb[i];
            green += picture.Rgb[i + 1];
            blue += picture.Rgb[i + 2];
        }
        // Cb and Cr of BT.601, in levels.
        double pixels = picture.Rgb.Length / 3.0, luma = ((0.299 * red) + (0.587 * green) + (0.114 * blue)) / pixels;
        UInt128 hash = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(picture.Rgb));
        return new PictureGrid(cells, hash ^ (UInt128)(((ulong)picture.Width << 32) | (uint)picture.Height),
            (float)(0.564 * ((blue / pixels) - luma)), (float)(0.713 * ((red / pixels) - luma)));
    }

    /// <summary>The grid as in a mirror.</summary>
    internal PictureGrid Mirrored()
    {
        float[] cells = [.. _cells];
        for (int y = 0; y < Side; y++) cells.AsSpan(y * Side, Side).Reverse();
        return new PictureGrid(cells, 0, _blue, _red);
    }

    private static float? GroundOf(ReadOnlySpan<float> cells)
    {
        Span<float> edge = stackalloc float[4 * (Side - 1)];
        for (int i = 0, at = 0; i < Side - 1; i++)
        {
            edge[at++] = cells[i];
            edge[at++] = cells[(i * Side) + Side - 1];
            edge[at++] = cells[(i + 1) * Side];
            edge[at++] = cells[((Side - 1) * Side) + i + 1];
        }
        edge.Sort();
        float middle = edge[edge.Length / 2];
        int same = 0;
        foreach (float cell in edge)
            if (Math.Abs(cell - middle) <= SameGround) same++;
        return 4 * same >= 3 * edge.Length ? middle : null;
    }

    // At least one row or column, the same for several cells where the picture has fewer.
    private static (int From, int To) Range(int cell, int length)
    {
        int from = (int)((long)cell * length / Side);
        return (from, Math.Max(from + 1, (int)((cell + 1L) * length / Side)));
    }
}
