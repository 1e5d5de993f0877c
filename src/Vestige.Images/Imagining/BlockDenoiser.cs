using System.Runtime.InteropServices;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Planes;
using Vestige.Numerics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining;

/// <summary>What a plane was before Gaussian noise of one strength, by a <see cref="BlockPrior"/> on one grid of blocks: its mean, or a draw.</summary>
/// <remarks>Kind by kind a Wiener filter, v/(v + s²) a coefficient. A block's mean stays as it is: what neighbours' means differ by is detail of the blocks of
/// another grid.</remarks>
internal sealed class BlockDenoiser
{
    private readonly KindScores _scores;
    private readonly int _kinds;
    private readonly float _noise;

    /// <summary>(kinds, 64): v/(v + s²), and sqrt(v s²/(v + s²)).</summary>
    private readonly float[] _gain, _spread;

    /// <summary>Prepares it.</summary>
    /// <param name="prior">What blocks look like.</param>
    /// <param name="noise">s, grey levels.</param>
    internal BlockDenoiser(BlockPrior prior, float noise)
    {
        (_scores, _kinds, _noise) = (new KindScores(prior, noise), prior.Kinds, noise);
        (_gain, _spread) = (new float[prior.Variances.Length], new float[prior.Variances.Length]);
        double square = (double)noise * noise;
        for (int i = 0; i < _gain.Length; i++)
        {
            double gain = prior.Variances[i] / (prior.Variances[i] + square);
            (_gain[i], _spread[i]) = ((float)gain, (float)Math.Sqrt(gain * square));
        }
    }

    /// <summary>Adds the posterior mean of each block of a grid to a plane.</summary>
    /// <param name="from">The plane with its noise.</param>
    /// <param name="sum">Of the same size.</param>
    /// <param name="dx">Column where a block of the grid begins, 0 to 7.</param>
    /// <param name="dy">Row likewise.</param>
    internal void AddMean(Plane from, Plane sum, int dx, int dy)
    {
        Span<V> block = stackalloc V[64], squares = stackalloc V[64];
        V[] shares = new V[_kinds];
        for (int y = dy == 0 ? 0 : dy - 8; y < from.Height; y += 8)
            for (int x = dx == 0 ? 0 : dx - 8; x < from.Width; x += BlockBatch.Width)
            {
                BlockBatch.Load(from, x, y, block);
                BlockTransform.Forward(block);
                Square(block, squares);
                V scale = V.One / _scores.Shares(squares, shares);
                Shrink(block, squares, shares, scale);
                BlockTransform.Inverse(block);
                BlockBatch.Add(sum, x, y, block);
            }
    }

    /// <summary>Adds noise to each block of a grid and replaces it by a draw of what it may have been before.</summary>
    internal void Draw(Plane plane, int dx, int dy, ulong seed)
    {
        Span<V> block = stackalloc V[64], squares = stackalloc V[64];
        Span<float> samples = MemoryMarshal.Cast<V, float>(block), shares = stackalloc float[_kinds];
        V[] all = new V[_kinds];
        for (int y = dy == 0 ? 0 : dy - 8, row = 0; y < plane.Height; y += 8, row++)
        {
            var random = new NormalTable(Rng.Mix(seed, (ulong)row));
            for (int x = dx == 0 ? 0 : dx - 8; x < plane.Width; x += BlockBatch.Width)
            {
                BlockBatch.Load(plane, x, y, block);
                BlockTransform.Forward(block);
                for (int i = BlockBatch.Lanes; i < samples.Length; i++) samples[i] += _noise * random.Next();
                Square(block, squares);
                V total = _scores.Shares(squares, all);
                for (int lane = 0; lane < BlockBatch.Lanes; lane++)
                {
                    for (int c = 0; c < _kinds; c++) shares[c] = all[c][lane];
                    int kind = KindScores.Choose(shares, random.NextDouble() * total[lane]);
                    ReadOnlySpan<float> gain = _gain.AsSpan(kind * 64, 64), spread = _spread.AsSpan(kind * 64, 64);
                    for (int k = 1, i = BlockBatch.Lanes + lane; k < 64; k++, i += BlockBatch.Lanes) samples[i] = (gain[k] * samples[i]) + (spread[k] * random.Next());
                }
                BlockTransform.Inverse(block);
                BlockBatch.Store(plane, x, y, block);
            }
        }
    }

    private static void Square(ReadOnlySpan<V> block, Span<V> squares)
    {
        for (int k = 1; k < 64; k++) squares[k] = block[k] * block[k];
    }

    private void Shrink(Span<V> block, Span<V> gain, ReadOnlySpan<V> shares, V scale)
    {
        gain.Clear();
        for (int c = 0; c < shares.Length; c++)
        {
            if (shares[c] == V.Zero) continue;
            ReadOnlySpan<float> gains = _gain.AsSpan(c * 64, 64);
            for (int k = 1; k < 64; k++) gain[k] += shares[c] * gains[k];
        }
        for (int k = 1; k < 64; k++) block[k] *= gain[k] * scale;
    }
}
