using System.Runtime.InteropServices;
using Vestige.Images.Planes;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining.Blocks;

/// <summary>Eight blocks of a plane side by side, lane by lane; what lies beyond the plane repeats its edge, as JPEG's encoders do.</summary>
internal static class BlockBatch
{
    /// <summary>Blocks of a batch.</summary>
    internal const int Lanes = 8;

    /// <summary>Columns of a batch.</summary>
    internal const int Width = Lanes * 8;

    /// <summary>Reads the batch whose first sample is (x0, y0), which may lie outside.</summary>
    internal static void Load(Plane plane, int x0, int y0, Span<V> block)
    {
        Span<float> to = MemoryMarshal.Cast<V, float>(block);
        for (int y = 0; y < 8; y++)
        {
            ReadOnlySpan<float> row = plane.Row(Math.Clamp(y0 + y, 0, plane.Height - 1));
            Span<float> line = to.Slice(y * Width, Width);
            if (x0 >= 0 && x0 + Width <= plane.Width)
            {
                row = row.Slice(x0, Width);
                for (int i = 0; i < row.Length; i++) line[((i & 7) * Lanes) + (i >> 3)] = row[i];
            }
            else
            {
                for (int i = 0; i < Width; i++) line[((i & 7) * Lanes) + (i >> 3)] = row[Math.Clamp(x0 + i, 0, plane.Width - 1)];
            }
        }
    }

    /// <summary>Writes what of the batch lies inside.</summary>
    internal static void Store(Plane plane, int x0, int y0, ReadOnlySpan<V> block)
    {
        ReadOnlySpan<float> from = MemoryMarshal.Cast<V, float>(block);
        (int first, int last) = (Math.Max(0, -x0), Math.Min(Width, plane.Width - x0));
        for (int y = Math.Max(0, -y0); y < Math.Min(8, plane.Height - y0); y++)
        {
            Span<float> row = plane.Row(y0 + y);
            ReadOnlySpan<float> line = from.Slice(y * Width, Width);
            for (int i = first; i < last; i++) row[x0 + i] = line[((i & 7) * Lanes) + (i >> 3)];
        }
    }

    /// <summary>Adds what of the batch lies inside.</summary>
    internal static void Add(Plane plane, int x0, int y0, ReadOnlySpan<V> block)
    {
        ReadOnlySpan<float> from = MemoryMarshal.Cast<V, float>(block);
        (int first, int last) = (Math.Max(0, -x0), Math.Min(Width, plane.Width - x0));
        for (int y = Math.Max(0, -y0); y < Math.Min(8, plane.Height - y0); y++)
        {
            Span<float> row = plane.Row(y0 + y);
            ReadOnlySpan<float> line = from.Slice(y * Width, Width);
            for (int i = first; i < last; i++) row[x0 + i] += line[((i & 7) * Lanes) + (i >> 3)];
        }
    }

    /// <summary>Gives the plane's last sample in each direction the mean of what stands at it and beyond: of all blocks whose edge is repeated, the nearest.</summary>
    /// <remarks>To be called before what was changed beyond the edge is cut off there.</remarks>
    internal static void Fold(Plane plane, int x0, int y0, Span<V> block)
    {
        Span<float> samples = MemoryMarshal.Cast<V, float>(block);
        int bottom = plane.Height - 1 - y0, right = plane.Width - 1 - x0;
        if (bottom < 7)
        {
            for (int x = 0; x < 8; x++)
            {
                V sum = block[(8 * bottom) + x];
                for (int y = bottom + 1; y < 8; y++) sum += block[(8 * y) + x];
                block[(8 * bottom) + x] = sum / (8 - bottom);
            }
        }
        int lane = right >> 3, column = right & 7;
        if (lane >= Lanes || column == 7) return;
        for (int y = 0; y < 8; y++)
        {
            float sum = 0;
            for (int x = column; x < 8; x++) sum += samples[(((8 * y) + x) * Lanes) + lane];
            samples[(((8 * y) + column) * Lanes) + lane] = sum / (8 - column);
        }
    }
}
