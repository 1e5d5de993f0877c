namespace Vestige.Images.Views;

/// <summary>What one scale of the undecimated Haar wavelet holds, averaged over a patch: mean absolute value and mean square of its
/// horizontal, vertical and diagonal band, and the mean product of the first two.</summary>
internal readonly record struct HaarSums(
    double AbsoluteH, double AbsoluteV, double AbsoluteD, double SquareH, double SquareV, double SquareD, double ProductHV)
{
    /// <summary>Takes a plane from one scale to the next, and measures the detail between them.</summary>
    /// <param name="plane">(size, size): at scale 0 the pixels; at scale s the means of squares of side 2^s, of which the
    /// leading size - 2^s + 1 in each direction are whole. Overwritten with those of the next scale.</param>
    /// <param name="size">Side of the plane.</param>
    /// <param name="scale">0, 1, ...; 2^(scale + 1) is at most <paramref name="size"/>.</param>
    /// <remarks>With the four means a b / c d, 2^scale pixels apart: H = (a + c - b - d)/2, V = (a + b - c - d)/2, D = (a + d - b - c)/2.
    /// The result takes the place of a, which no later position reads.</remarks>
    public static HaarSums Step(Span<float> plane, int size, int scale)
    {
        int step = 1 << scale, whole = size - (2 * step) + 1;
        double absH = 0, absV = 0, absD = 0, squareH = 0, squareV = 0, squareD = 0, productHV = 0;
        for (int y = 0; y < whole; y++)
        {
            Span<float> top = plane.Slice(y * size, size);
            ReadOnlySpan<float> bottom = plane.Slice((y + step) * size, size);
            float aH = 0, aV = 0, aD = 0, sH = 0, sV = 0, sD = 0, pHV = 0;
            for (int x = 0; x < whole; x++)
            {
                float a = top[x], b = top[x + step], c = bottom[x], d = bottom[x + step];
                float sumTop = a + b, sumBottom = c + d, leanTop = a - b, leanBottom = c - d;
                float h = (leanTop + leanBottom) * 0.5f, v = (sumTop - sumBottom) * 0.5f, g = (leanTop - leanBottom) * 0.5f;
                top[x] = (sumTop + sumBottom) * 0.25f;
                aH += Math.Abs(h);
                aV += Math.Abs(v);
                aD += Math.Abs(g);
                sH += h * h;
                sV += v * v;
                sD += g * g;
                pHV += h * v;
            }
            absH += aH;
            absV += aV;
            absD += aD;
            squareH += sH;
            squareV += sV;
            squareD += sD;
            productHV += pHV;
        }
        double share = 1.0 / ((double)whole * whole);
        return new HaarSums(absH * share, absV * share, absD * share, squareH * share, squareV * share, squareD * share, productHV * share);
    }
}
