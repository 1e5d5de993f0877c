using MathNet.Numerics.Distributions;

namespace Vestige.Worlds.Mixtures;

/// <summary>The law of nearest-neighbour coverage among exchangeable points: who comes first, own points or others.</summary>
internal static class CoverageLaw
{
    /// <summary>The chance that, of <paramref name="own"/> and <paramref name="other"/> points in random order, the first k are all own:
    /// <c>prod_{i&lt;k} (own-i)/(own+other-i)</c>.</summary>
    /// <remarks>With fewer than k own points the ball reaches beyond the mode and takes in every other point of it: 0, or 1 if there is
    /// none.</remarks>
    public static double AllOwn(int k, int own, int other)
    {
        if (other == 0) return 1;
        double chance = 1;
        for (int i = 0; i < k; i++)
        {
            if (own <= i) return 0;
            chance *= (double)(own - i) / (own + other - i);
        }
        return chance;
    }

    /// <summary>At index j = 0 .. k, the mean of <see cref="AllOwn"/> of j, where own and other are binomial (N, Share).</summary>
    public static double[] MeanAllOwn(int k, (int N, double Share) own, (int N, double Share) other)
    {
        double[] mean = new double[k + 1];
        (int ownStart, double[] ownChance) = Window(own);
        (int otherStart, double[] otherChance) = Window(other);
        for (int a = 0; a < ownChance.Length; a++)
        {
            for (int b = 0; b < otherChance.Length; b++)
            {
                (int mine, int theirs) = (ownStart + a, otherStart + b);
                double chance = ownChance[a] * otherChance[b];
                mean[0] += chance;
                for (int j = 1; j <= k; j++) // AllOwn(j) from AllOwn(j - 1).
                {
                    if (theirs > 0) chance *= mine >= j ? (double)(mine - j + 1) / (mine + theirs - j + 1) : 0;
                    mean[j] += chance;
                }
            }
        }
        return mean;
    }

    /// <summary>The masses of a binomial within 7 standard deviations, and where they start; outside lies less than 10⁻¹¹.</summary>
    private static (int Start, double[] Chance) Window((int N, double Share) law)
    {
        double mean = law.N * law.Share;
        double reach = (7 * Math.Sqrt(mean * (1 - law.Share))) + 7;
        int start = (int)Math.Max(0, mean - reach);
        int end = (int)Math.Min(law.N, Math.Ceiling(mean + reach));
        double[] chance = new double[end - start + 1];
        for (int i = 0; i < chance.Length; i++) chance[i] = Binomial.PMF(law.Share, law.N, start + i);
        return (start, chance);
    }
}
