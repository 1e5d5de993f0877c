using Vestige.Images.Imagining.Blocks;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining.Priors;

/// <summary>Learns a <see cref="BlockPrior"/> from blocks by expectation and maximization (Dempster, Laird, Rubin 1977).</summary>
/// <remarks>Kinds begin as equal shares of the blocks sorted by their energy and, among equals, by how far it leans to one direction: the same blocks give the same
/// prior. Sums are taken in chunks of a fixed size and put together in order, whatever the number of threads.</remarks>
internal sealed class PriorLearning
{
    /// <summary>No frequency of a kind varies less than rounding to 8 bits makes it.</summary>
    internal const float LeastVariance = 1f / 12;

    /// <summary>Blocks that each kind is taken to have seen besides, of all blocks' spectrum at the kind's own strength.</summary>
    private const double Hidden = 4;

    /// <summary>Blocks that a kind should have for its 63 variances, at the least.</summary>
    private const int BlocksPerKind = 32;

    private const int Chunk = 256, Rounds = 30, Area = BlockTransform.Area;

    private readonly List<V> _squares = [];
    private readonly int _most;

    /// <summary>Begins.</summary>
    /// <param name="kinds">Most kinds; fewer where there are few blocks.</param>
    internal PriorLearning(int kinds) => _most = kinds;

    /// <summary>Takes in two batches of coefficients, the second from just below the first.</summary>
    internal void Add(ReadOnlySpan<V> upper, ReadOnlySpan<V> lower)
    {
        Add(upper);
        Add(lower);
    }

    private void Add(ReadOnlySpan<V> coefficients)
    {
        _squares.Add(V.Zero);
        for (int k = 1; k < Area; k++) _squares.Add(coefficients[k] * coefficients[k]);
    }

    /// <summary>What was learned; something must have been taken in.</summary>
    internal BlockPrior Learn(CancellationToken cancel)
    {
        V[] squares = [.. _squares];
        int batches = squares.Length / Area, blocks = batches * BlockBatch.Lanes, kinds = Math.Clamp(blocks / BlocksPerKind, 1, _most);
        var sums = new Sums(kinds);
        int[] first = Groups(squares, blocks, kinds);
        double[] all = new double[Area];
        for (int block = 0; block < blocks; block++)
        {
            sums.Counts[first[block]]++;
            for (int k = 1; k < Area; k++)
            {
                float square = squares[((block >> 3) * Area) + k][block & 7];
                sums.Squares[(first[block] * Area) + k] += square;
                all[k] += square;
            }
        }
        for (int k = 1; k < Area; k++) all[k] = Math.Max(LeastVariance, all[k] / blocks);
        (float[] weights, float[] variances) = Maximize(sums, all);
        for (int round = 0; round < Rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            KindScores scores = Scores(weights, variances);
            var parts = new Sums[(batches + Chunk - 1) / Chunk];
            Parallel.For(0, parts.Length, i => parts[i] = Expect(scores, kinds, squares.AsSpan(i * Chunk * Area, Math.Min(Chunk, batches - (i * Chunk)) * Area)));
            var total = new Sums(kinds);
            foreach (Sums part in parts) total.Add(part);
            (weights, variances) = Maximize(total, all);
        }
        (float[] across, float[] down) = Pairs(Scores(weights, variances), kinds, squares);
        return new BlockPrior(weights, variances, across, down);
    }

    private static KindScores Scores(float[] weights, float[] variances)
    {
        float[] none = new float[weights.Length * weights.Length];
        return new KindScores(new BlockPrior(weights, variances, none, none), 0);
    }

    private static int[] Groups(V[] squares, int blocks, int kinds)
    {
        // Four energies to a lean: strength tells kinds apart better than direction does.
        int energies = Math.Clamp((int)Math.Round(2 * Math.Sqrt(kinds)), 1, kinds);
        double[] energy = new double[blocks], lean = new double[blocks];
        for (int block = 0; block < blocks; block++)
        {
            double down = 0, across = 0;
            for (int k = 1; k < Area; k++)
            {
                double square = squares[((block >> 3) * Area) + k][block & 7];
                energy[block] += square;
                if (k / 8 > k % 8) down += square;
                else if (k / 8 < k % 8) across += square;
            }
            lean[block] = (down - across) / (down + across + 1);
        }
        int[] groups = new int[blocks], order = [.. Enumerable.Range(0, blocks).OrderBy(i => energy[i]).ThenBy(i => i)];
        for (int e = 0; e < energies; e++)
        {
            int from = kinds * e / energies, to = kinds * (e + 1) / energies;
            int[] alike = [.. order[(int)((long)blocks * e / energies)..(int)((long)blocks * (e + 1) / energies)].OrderBy(i => lean[i]).ThenBy(i => i)];
            for (int i = 0; i < alike.Length; i++) groups[alike[i]] = from + (int)((long)i * (to - from) / alike.Length);
        }
        return groups;
    }

    private static Sums Expect(KindScores scores, int kinds, ReadOnlySpan<V> squares)
    {
        V[] shares = new V[kinds], counts = new V[kinds], vectors = new V[kinds * Area];
        for (int at = 0; at < squares.Length; at += Area)
        {
            ReadOnlySpan<V> batch = squares.Slice(at, Area);
            V scale = V.One / scores.Shares(batch, shares);
            for (int c = 0; c < kinds; c++)
            {
                if (shares[c] == V.Zero) continue;
                V share = shares[c] * scale;
                counts[c] += share;
                Span<V> sums = vectors.AsSpan(c * Area, Area);
                for (int k = 1; k < Area; k++) sums[k] += share * batch[k];
            }
        }
        var result = new Sums(kinds);
        for (int c = 0; c < kinds; c++) result.Counts[c] = Total(counts[c]);
        for (int i = 0; i < vectors.Length; i++) result.Squares[i] = Total(vectors[i]);
        return result;
    }

    // In one order, whatever the machine's vectors.
    private static double Total(V v) => (((double)v[0] + v[1]) + ((double)v[2] + v[3])) + (((double)v[4] + v[5]) + ((double)v[6] + v[7]));

    private static (float[] Weights, float[] Variances) Maximize(Sums sums, double[] all)
    {
        int kinds = sums.Counts.Length;
        float[] weights = new float[kinds], variances = new float[kinds * Area];
        double total = sums.Counts.Sum() + kinds;
        for (int c = 0; c < kinds; c++)
        {
            weights[c] = (float)((sums.Counts[c] + 1) / total);
            double strength = 0;
            for (int k = 1; k < Area; k++) strength += sums.Squares[(c * Area) + k] / all[k] / (Area - 1);
            strength = sums.Counts[c] > 0 ? strength / sums.Counts[c] : 1;
            for (int k = 1; k < Area; k++)
                variances[(c * Area) + k] = Math.Max(LeastVariance, (float)((sums.Squares[(c * Area) + k] + (Hidden * strength * all[k])) / (sums.Counts[c] + Hidden)));
        }
        return (weights, variances);
    }

    private static (float[] Across, float[] Down) Pairs(KindScores scores, int kinds, V[] squares)
    {
        int batches = squares.Length / Area;
        float[][] shares = new float[batches][];
        Parallel.For(0, batches, i =>
        {
            V[] all = new V[kinds];
            V scale = V.One / scores.Shares(squares.AsSpan(i * Area, Area), all);
            shares[i] = new float[BlockBatch.Lanes * kinds];
            for (int c = 0; c < kinds; c++)
                for (int lane = 0; lane < BlockBatch.Lanes; lane++) shares[i][(lane * kinds) + c] = all[c][lane] * scale[lane];
        });
        KindPairs across = new(kinds), down = new(kinds);
        for (int i = 0; i < batches; i++)
            for (int lane = 0; lane < BlockBatch.Lanes; lane++)
            {
                if (lane + 1 < BlockBatch.Lanes) across.Add(Of(i, lane), Of(i, lane + 1));
                if (i % 2 == 0) down.Add(Of(i, lane), Of(i + 1, lane));
            }
        return (across.Ratios(), down.Ratios());

        ReadOnlySpan<float> Of(int batch, int lane) => shares[batch].AsSpan(lane * kinds, kinds);
    }

    private sealed class Sums(int kinds)
    {
        internal double[] Counts { get; } = new double[kinds];

        internal double[] Squares { get; } = new double[kinds * Area];

        internal void Add(Sums other)
        {
            for (int i = 0; i < Counts.Length; i++) Counts[i] += other.Counts[i];
            for (int i = 0; i < Squares.Length; i++) Squares[i] += other.Squares[i];
        }
    }
}
