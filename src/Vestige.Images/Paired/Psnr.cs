using System.Runtime.Intrinsics;
using I = System.Runtime.Intrinsics.Vector256<int>;

namespace Vestige.Images.Paired;

/// <summary>Peak signal-to-noise ratio over the three 8-bit channels together.</summary>
public static class Psnr
{
    /// <summary>The mean square of the differences, an exact quotient of integers.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double MeanSquaredError(Picture original, Picture reconstruction)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(reconstruction);
        if ((original.Width, original.Height) != (reconstruction.Width, reconstruction.Height))
            throw new ArgumentException($"{reconstruction.Width} x {reconstruction.Height} pixels do not compare with {original.Width} x {original.Height}.",
                nameof(reconstruction));
        ReadOnlySpan<byte> a = original.Rgb, b = reconstruction.Rgb;
        long squares = 0;
        // In pieces whose sum fits 32 bits.
        for (int start = 0; start < a.Length; start += 1 << 14)
        {
            int length = Math.Min(a.Length - start, 1 << 14);
            squares += Squares(a.Slice(start, length), b.Slice(start, length));
        }
        return (double)squares / a.Length;
    }

    private static int Squares(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        I sums = I.Zero;
        int i = 0;
        for (; i + Vector256<byte>.Count <= a.Length; i += Vector256<byte>.Count)
        {
            (Vector256<ushort> a0, Vector256<ushort> a1) = Vector256.Widen(Vector256.Create(a.Slice(i, Vector256<byte>.Count)));
            (Vector256<ushort> b0, Vector256<ushort> b1) = Vector256.Widen(Vector256.Create(b.Slice(i, Vector256<byte>.Count)));
            (I d0, I d1) = Vector256.Widen((a0 - b0).AsInt16());
            (I d2, I d3) = Vector256.Widen((a1 - b1).AsInt16());
            sums += (d0 * d0) + (d1 * d1) + (d2 * d2) + (d3 * d3);
        }
        int sum = Vector256.Sum(sums);
        for (; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    /// <summary>Decibels of a mean squared error; infinite for 0.</summary>
    public static double Decibels(double meanSquaredError) =>
        meanSquaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255.0 / meanSquaredError);

    /// <summary>Decibels of a pair; infinite for equal images.</summary>
    public static double Of(Picture original, Picture reconstruction) => Decibels(MeanSquaredError(original, reconstruction));
}
