using System.Runtime.Intrinsics;
using Vestige.Images.Imagining.Blocks;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining.Priors;

/// <summary>How probable each kind of a <see cref="BlockPrior"/> makes blocks that are seen through Gaussian noise.</summary>
internal sealed class KindScores
{
    /// <summary>Natural log of the share below which a kind is passed over: 6e-6 of the most probable one's.</summary>
    internal const float Negligible = -12;

    private readonly float[] _base, _precision;

    /// <summary>Prepares the tables.</summary>
    /// <param name="prior">The kinds.</param>
    /// <param name="noise">Standard deviation of the noise in each coefficient, grey levels; 0 for none.</param>
    internal KindScores(BlockPrior prior, float noise)
    {
        (_base, _precision) = (new float[prior.Kinds], new float[prior.Variances.Length]);
        for (int c = 0; c < prior.Kinds; c++)
        {
            double sum = Math.Log(prior.Weights[c]);
            for (int i = (c * 64) + 1; i < (c + 1) * 64; i++)
            {
                double variance = prior.Variances[i] + ((double)noise * noise);
                sum -= 0.5 * Math.Log(variance);
                _precision[i] = (float)(-0.5 / variance);
            }
            _base[c] = (float)sum;
        }
    }

    /// <summary>Each kind's share of a batch of blocks: exp of its log weight and density less the best one's, not yet divided by their sum.</summary>
    /// <param name="squares">(64) squares of the coefficients.</param>
    /// <param name="shares">(kinds) out; 0 where it is negligible.</param>
    /// <returns>Their sum.</returns>
    internal V Shares(ReadOnlySpan<V> squares, Span<V> shares)
    {
        V best = Vector256.Create(float.NegativeInfinity), total = V.Zero;
        for (int c = 0; c < shares.Length; c++)
        {
            ReadOnlySpan<float> precision = _precision.AsSpan(c * 64, 64);
            V even = Vector256.Create(_base[c]), odd = V.Zero;
            for (int k = 1; k < 63; k += 2)
            {
                even += squares[k] * precision[k];
                odd += squares[k + 1] * precision[k + 1];
            }
            shares[c] = even + (odd + (squares[63] * precision[63]));
            best = Vector256.Max(best, shares[c]);
        }
        for (int c = 0; c < shares.Length; c++) total += shares[c] = Exp(shares[c] - best);
        return total;
    }

    /// <summary>Shares of sum 1 of logarithms.</summary>
    internal static void Normalize(ReadOnlySpan<float> logs, Span<float> shares)
    {
        float best = float.NegativeInfinity;
        foreach (float log in logs) best = Math.Max(best, log);
        double total = 0;
        for (int c = 0; c < logs.Length; c++) total += shares[c] = logs[c] - best > Negligible ? (float)Math.Exp(logs[c] - best) : 0;
        for (int c = 0; c < logs.Length; c++) shares[c] = (float)(shares[c] / total);
    }

    /// <summary>The kind at which a random number in [0, total) stands.</summary>
    internal static int Choose(ReadOnlySpan<float> shares, double random)
    {
        int last = 0;
        for (int c = 0; c < shares.Length; c++)
        {
            if (shares[c] == 0) continue;
            last = c;
            if ((random -= shares[c]) < 0) break;
        }
        return last;
    }

    private static V Exp(V x)
    {
        V negligible = Vector256.Create(Negligible);
        if (!Vector256.GreaterThanAny(x, negligible)) return V.Zero;
        Span<float> lanes = stackalloc float[BlockBatch.Lanes];
        x.CopyTo(lanes);
        for (int i = 0; i < lanes.Length; i++) lanes[i] = lanes[i] > Negligible ? (float)Math.Exp(lanes[i]) : 0;
        return Vector256.Create<float>(lanes);
    }
}
