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

    private readonly float[] _cells;

    private PictureGrid(float[] cells, UInt128 pixels) => (_cells, Pixels) = (cells, pixels);

    /// <summary>A hash of width, height and pixels: equal pictures are found whatever they show.</summary>
    internal UInt128 Pixels { get; }

    /// <summary>(Side, Side): mean luma of ITU-R BT.601, 0 to 255.</summary>
    internal ReadOnlySpan<float> Cells => _cells;

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
        UInt128 hash = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(picture.Rgb));
        return new PictureGrid(cells, hash ^ (UInt128)(((ulong)picture.Width << 32) | (uint)picture.Height));
    }

    /// <summary>The grid as in a mirror.</summary>
    internal PictureGrid Mirrored()
    {
        float[] cells = [.. _cells];
        for (int y = 0; y < Side; y++) cells.AsSpan(y * Side, Side).Reverse();
        return new PictureGrid(cells, 0);
    }

    // At least one row or column, the same for several cells where the picture has fewer.
    private static (int From, int To) Range(int cell, int length)
    {
        int from = (int)((long)cell * length / Side);
        return (from, Math.Max(from + 1, (int)((cell + 1L) * length / Side)));
    }
}
