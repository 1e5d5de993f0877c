using MathNet.Numerics;

namespace Vestige.Worlds.Exact;

/// <summary>The size of a sample of an urn: how many documents, clustered how. Decides what the counts of the sample can show.</summary>
/// <param name="Documents">Number of documents.</param>
/// <param name="Clusters">Their size and dependence.</param>
internal sealed record SampleShape(int Documents, Clusters Clusters)
{
    /// <summary>The shape of a sample of whole documents that hold at least <paramref name="units"/> items.</summary>
    public static SampleShape Of(int units, Clusters clusters) => new(clusters.DocumentsFor(units), clusters);

    /// <summary>Number of items.</summary>
    public int Units => Documents * Clusters.Size;

    /// <summary>The chance that the whole sample lacks an item of chance <paramref name="u"/>; exact.</summary>
    /// <remarks>A document of c items lacks it if the theme is another (or none of the items is the theme) and so is each fresh draw:
    /// <c>(1-u)(1-(1-s)u)^c + u((1-s)(1-u))^c</c>.</remarks>
    public double ChanceMissed(double u)
    {
        (int size, double stick) = Clusters;
        if (size == 1) return Math.Pow(1 - u, Documents);
        double one = ((1 - u) * Math.Pow(1 - ((1 - stick) * u), size)) + (u * Math.Pow((1 - stick) * (1 - u), size));
        return Math.Pow(one, Documents);
    }

    /// <summary>
    /// What E1's U-statistic at n truly resolves on this sample: the law of the number of different draws among n of its units taken at
    /// random.
    /// </summary>
    /// <remarks>
    /// A unit that follows its document's theme repeats every other unit that does, so n units are K = n - sum of (B - 1)+ different draws,
    /// B being a document's themed units among the n. E1 on clustered units is therefore unbiased for lost at resolution K, not n. Lost and
    /// floor are distorted alike only if G and A have the same shape: the excess of a perfect q is then exactly 0. The more documents a
    /// sample has at the same n, the rarer two of the n units are of one document and the nearer K is to n.
    /// </remarks>
    /// <param name="n">Units taken, 1 to <see cref="Units"/>.</param>
    public Resolution At(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, Units);
        (int size, double stick) = Clusters;
        if (size == 1 || stick == 0) return Resolution.Independent(n);

        // Per document with m of the n units: the repeats' mean and mean square, then both averaged over m.
        double[] mean = new double[size + 1];
        double[] chance = Hypergeometric(Units, size, n);
        double repeats = 0;
        double squares = 0;
        for (int m = 0; m <= size; m++)
        {
            double none = Math.Pow(1 - stick, m);
            mean[m] = (m * stick) - 1 + none;
            double square = (m * stick * (1 - stick)) + Math.Pow((m * stick) - 1, 2) - none;
            repeats += chance[m] * mean[m];
            squares += chance[m] * square;
        }

        // Two documents share the n units, so that their repeats are dependent.
        double products = 0;
        if (Documents > 1)
        {
            double[] both = Hypergeometric(Units, 2 * size, n);
            for (int t = 0; t < both.Length; t++)
            {
                if (both[t] < 1e-18) continue; // Far below the rounding of the sum.
                double[] split = Hypergeometric(2 * size, size, t);
                for (int m = Math.Max(0, t - size); m <= Math.Min(size, t); m++) products += both[t] * split[m] * mean[m] * mean[t - m];
            }
        }
        double variance = (Documents * (squares - (repeats * repeats)))
            + (Documents * (Documents - 1.0) * (products - (repeats * repeats)));
        double expected = n - (Documents * repeats);
        double weight = 1 - (Math.Max(0, variance) / expected);
        return new Resolution(expected / weight, weight);
    }

    /// <summary>At index m, the chance of m marked units among <paramref name="n"/> of <paramref name="all"/>.</summary>
    private static double[] Hypergeometric(int all, int marked, int n)
    {
        double[] chance = new double[marked + 1];
        for (int m = Math.Max(0, n - (all - marked)); m <= Math.Min(marked, n); m++)
            chance[m] = Math.Exp(LogChoose(marked, m) + LogChoose(all - marked, n - m) - LogChoose(all, n));
        double total = chance.Sum(); // 1 but for the rounding of the logarithms, which large samples would turn into a false variance.
        for (int m = 0; m < chance.Length; m++) chance[m] /= total;
        return chance;
    }

    private static double LogChoose(int n, int k) =>
        SpecialFunctions.FactorialLn(n) - SpecialFunctions.FactorialLn(k) - SpecialFunctions.FactorialLn(n - k);
}
