using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining.Blocks;

/// <summary>The orthonormal DCT-II of 8 x 8 samples and its inverse, of eight blocks at once: block i is lane i of 64 vectors.</summary>
/// <remarks>Sums and differences of opposite samples, then four products each (the even-odd split of the cosines). Lanes do not meet, so that a block's
/// figures do not depend on the vector width.</remarks>
internal static class BlockTransform
{
    /// <summary>Coefficients of a block.</summary>
    internal const int Area = 64;

    private const float Root = 0.35355339059327376f;
    private const float C1 = 0.49039264020161522f, C2 = 0.46193976625564338f, C3 = 0.41573480615127262f;
    private const float C5 = 0.27778511650980111f, C6 = 0.19134171618254489f, C7 = 0.09754516100806413f;

    /// <summary>Samples to coefficients, in place: (row, column) to (vertical, horizontal frequency).</summary>
    internal static void Forward(Span<V> block)
    {
        for (int i = 0; i < 8; i++) Forward(block, 8 * i, 1);
        for (int i = 0; i < 8; i++) Forward(block, i, 8);
    }

    /// <summary>Coefficients to samples, in place.</summary>
    internal static void Inverse(Span<V> block)
    {
        for (int i = 0; i < 8; i++) Inverse(block, i, 8);
        for (int i = 0; i < 8; i++) Inverse(block, 8 * i, 1);
    }

    private static void Forward(Span<V> b, int at, int step)
    {
        V x0 = b[at], x1 = b[at + step], x2 = b[at + (2 * step)], x3 = b[at + (3 * step)];
        V x4 = b[at + (4 * step)], x5 = b[at + (5 * step)], x6 = b[at + (6 * step)], x7 = b[at + (7 * step)];
        V s0 = x0 + x7, s1 = x1 + x6, s2 = x2 + x5, s3 = x3 + x4, d0 = x0 - x7, d1 = x1 - x6, d2 = x2 - x5, d3 = x3 - x4;
        V e0 = s0 + s3, e1 = s1 + s2, f0 = s0 - s3, f1 = s1 - s2;
        b[at] = (e0 + e1) * Root;
        b[at + (4 * step)] = (e0 - e1) * Root;
        b[at + (2 * step)] = (f0 * C2) + (f1 * C6);
        b[at + (6 * step)] = (f0 * C6) - (f1 * C2);
        b[at + step] = ((d0 * C1) + (d1 * C3)) + ((d2 * C5) + (d3 * C7));
        b[at + (3 * step)] = ((d0 * C3) - (d1 * C7)) - ((d2 * C1) + (d3 * C5));
        b[at + (5 * step)] = ((d0 * C5) - (d1 * C1)) + ((d2 * C7) + (d3 * C3));
        b[at + (7 * step)] = ((d0 * C7) - (d1 * C5)) + ((d2 * C3) - (d3 * C1));
    }

    private static void Inverse(Span<V> b, int at, int step)
    {
        V y0 = b[at], y1 = b[at + step], y2 = b[at + (2 * step)], y3 = b[at + (3 * step)];
        V y4 = b[at + (4 * step)], y5 = b[at + (5 * step)], y6 = b[at + (6 * step)], y7 = b[at + (7 * step)];
        V e0 = (y0 + y4) * Root, e1 = (y0 - y4) * Root, f0 = (y2 * C2) + (y6 * C6), f1 = (y2 * C6) - (y6 * C2);
        V s0 = e0 + f0, s3 = e0 - f0, s1 = e1 + f1, s2 = e1 - f1;
        V d0 = ((y1 * C1) + (y3 * C3)) + ((y5 * C5) + (y7 * C7));
        V d1 = ((y1 * C3) - (y3 * C7)) - ((y5 * C1) + (y7 * C5));
        V d2 = ((y1 * C5) - (y3 * C1)) + ((y5 * C7) + (y7 * C3));
        V d3 = ((y1 * C7) - (y3 * C5)) + ((y5 * C3) - (y7 * C1));
        b[at] = s0 + d0;
        b[at + step] = s1 + d1;
        b[at + (2 * step)] = s2 + d2;
        b[at + (3 * step)] = s3 + d3;
        b[at + (4 * step)] = s3 - d3;
        b[at + (5 * step)] = s2 - d2;
        b[at + (6 * step)] = s1 - d1;
        b[at + (7 * step)] = s0 - d0;
    }
}
