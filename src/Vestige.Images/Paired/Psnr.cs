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
        // In pieces whose sum fits 32 bits: the loop is then eight times as fast.
        for (int start = 0; start < a.Length; start += 1 << 14)
        {
            int end = Math.Min(a.Length, start + (1 << 14)), sum = 0;
            for (int i = start; i < end; i++)
            {
                int difference = a[i] - b[i];
                sum += difference * difference;
            }
            squares += sum;
        }
        return (double)squares / a.Length;
    }

    /// <summary>Decibels of a mean squared error; infinite for 0.</summary>
    public static double Decibels(double meanSquaredError) =>
        meanSquaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255.0 / meanSquaredError);

    /// <summary>Decibels of a pair; infinite for equal images.</summary>
    public static double Of(Picture original, Picture reconstruction) => Decibels(MeanSquaredError(original, reconstruction));
}
