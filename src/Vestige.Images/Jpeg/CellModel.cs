namespace Vestige.Images.Jpeg;

/// <summary>What a quantized coefficient leaves open, under a Laplacian fitted to the quantized coefficients of its frequency.</summary>
/// <remarks>Sullivan 1996; Price and Rabbani 1999. With a coefficient y = q (k + u), the chance of k falls by t = exp(-rate q) a step. The sums of squares
/// are those of the best decoder, which gives each cell's mean.</remarks>
internal static class CellModel
{
    /// <summary>The rate of the Laplacian, its inverse scale, that is likeliest to give these coefficients.</summary>
    /// <param name="counts">How often each |k| is found: 0, 1, 2 and so on; one at least.</param>
    /// <param name="step">q.</param>
    internal static double Rate(ReadOnlySpan<long> counts, double step)
    {
        double zeros = counts[0], others = 0, sum = 0;
        for (int k = 1; k < counts.Length; k++)
        {
            others += counts[k];
            sum += (double)k * counts[k];
        }
        // Where all are zero, half of one is taken not to be: a rate without end would say that nothing is left open.
        if (others == 0) (zeros, others, sum) = (zeros - 0.5, 0.5, 0.5);
        // The likelihood's maximum: with g = sqrt(t), (N + 2S) g² + N0 g - (2S - N1) = 0.
        double a = zeros + others + (2 * sum), c = (2 * sum) - others;
        double g = Math.Min((Math.Sqrt((zeros * zeros) + (4 * a * c)) - zeros) / (2 * a), 1 - 1e-9);
        return -2 * Math.Log(g) / step;
    }

    /// <summary>Mean square of what is left open of one frequency.</summary>
    /// <param name="rate">Of its Laplacian.</param>
    /// <param name="step">q.</param>
    /// <param name="zeros">Share of its coefficients that are zero.</param>
    internal static double MeanSquare(double rate, double step, double zeros) => (zeros * OfZero(rate, step)) + ((1 - zeros) * OfCell(rate, step));

    /// <summary>The variance of the exponential cut to a cell.</summary>
    private static double OfCell(double rate, double step)
    {
        double x = rate * step;
        // Both terms grow without end as the rate goes to 0, where the cell is even.
        if (x < 1e-3) return step * step / 12;
        double e = Math.Exp(-x);
        return (1 / (rate * rate)) - (step * step * e / ((1 - e) * (1 - e)));
    }

    /// <summary>The mean square of the Laplacian cut to the cell around 0.</summary>
    private static double OfZero(double rate, double step)
    {
        double half = step / 2, x = rate * half;
        if (x < 1e-3) return half * half / 3;
        double e = Math.Exp(-x);
        return (2 / (rate * rate)) - (((half * half) + (2 * half / rate)) * e / (1 - e));
    }
}
