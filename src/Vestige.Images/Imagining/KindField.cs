using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;
using Vestige.Numerics;

namespace Vestige.Images.Imagining;

/// <summary>Of which kind each block is, given its cell and its neighbours: a Markov random field on the grid of blocks.</summary>
/// <remarks>p(kinds) is proportional to the product of each block's share and cell, and of each pair of neighbours' likelihood over chance to the power of
/// <see cref="Coupling"/>. Beliefs are passed round (belief propagation without exclusion of who asks); a draw starts from them and goes on by Gibbs sampling.</remarks>
internal sealed class KindField
{
    /// <summary>Power at which neighbours count. A pair's statistics hold what the pair shares with the whole region: on a grid every region is told of over several
    /// ways, and at 1 it would be counted as often.</summary>
    private const float Coupling = 0.6f;

    private const int Rounds = 4, Sweeps = 3;

    /// <summary>Beliefs below which a kind tells its neighbours nothing.</summary>
    private const float Faint = 1e-3f;

    private readonly BlockPrior _prior;
    private readonly int _columns, _rows, _kinds;
    private readonly float[] _logs, _beliefs;

    internal KindField(BlockPrior prior, BlockCells cells)
    {
        (_prior, _columns, _rows, _kinds) = (prior, cells.Columns, cells.Rows, prior.Kinds);
        _logs = new float[checked(_columns * _rows * _kinds)];
        _beliefs = new float[_logs.Length];
        float[] weights = Logs(prior.Weights);
        for (int block = 0; block < Blocks; block++)
        {
            Span<float> logs = _logs.AsSpan(block * _kinds, _kinds);
            weights.CopyTo(logs);
            cells.Score(block, logs);
            KindScores.Normalize(logs, _beliefs.AsSpan(block * _kinds, _kinds));
        }
        Believe();
    }

    private int Blocks => _columns * _rows;

    /// <summary>(kinds) how far a block is of which kind.</summary>
    internal ReadOnlySpan<float> Shares(int block) => _beliefs.AsSpan(block * _kinds, _kinds);

    /// <summary>(blocks) kinds drawn together.</summary>
    internal int[] Draw(ulong seed)
    {
        var random = new Rng(seed);
        int[] kinds = new int[Blocks];
        for (int block = 0; block < kinds.Length; block++) kinds[block] = KindScores.Choose(Shares(block), random.NextDouble());
        float[] right = Logs(_prior.Across), below = Logs(_prior.Down), left = Turned(right), above = Turned(below);
        float[] logs = new float[_kinds], shares = new float[_kinds];
        for (int sweep = 0; sweep < Sweeps; sweep++)
            for (int i = 0; i < kinds.Length; i++)
            {
                int block = sweep % 2 == 0 ? i : kinds.Length - 1 - i, x = block % _columns, y = block / _columns;
                _logs.AsSpan(block * _kinds, _kinds).CopyTo(logs);
                if (x > 0) Add(right, kinds[block - 1]);
                if (x + 1 < _columns) Add(left, kinds[block + 1]);
                if (y > 0) Add(below, kinds[block - _columns]);
                if (y + 1 < _rows) Add(above, kinds[block + _columns]);
                KindScores.Normalize(logs, shares);
                kinds[block] = KindScores.Choose(shares, random.NextDouble());
            }
        return kinds;

        void Add(float[] table, int from)
        {
            KindSums.Add(Coupling, table.AsSpan(from * _kinds, _kinds), logs);
        }
    }

    private void Believe()
    {
        float[] right = _prior.Across, below = _prior.Down, left = Turned(right), above = Turned(below);
        float[] message = new float[_kinds], told = new float[_kinds], logs = new float[_kinds];
        for (int round = 0; round < Rounds; round++)
            for (int i = 0; i < Blocks; i++)
            {
                int block = round % 2 == 0 ? i : Blocks - 1 - i, x = block % _columns, y = block / _columns;
                Array.Fill(told, 1);
                if (x > 0) Tell(right, block - 1);
                if (x + 1 < _columns) Tell(left, block + 1);
                if (y > 0) Tell(below, block - _columns);
                if (y + 1 < _rows) Tell(above, block + _columns);
                ReadOnlySpan<float> own = _logs.AsSpan(block * _kinds, _kinds);
                for (int c = 0; c < logs.Length; c++) logs[c] = own[c] + (Coupling * MathF.Log(told[c]));
                KindScores.Normalize(logs, _beliefs.AsSpan(block * _kinds, _kinds));
            }

        // Four ratios of at least Hidden / (pairs by chance + Hidden) each: their product is far from the least float.
        void Tell(float[] table, int from)
        {
            ReadOnlySpan<float> belief = Shares(from);
            Array.Clear(message);
            for (int a = 0; a < belief.Length; a++)
                if (belief[a] >= Faint) KindSums.Add(belief[a], table.AsSpan(a * _kinds, _kinds), message);
            for (int b = 0; b < told.Length; b++) told[b] *= message[b];
        }
    }

    private float[] Turned(float[] table)
    {
        float[] turned = new float[table.Length];
        for (int i = 0; i < table.Length; i++) turned[(i % _kinds * _kinds) + (i / _kinds)] = table[i];
        return turned;
    }

    private static float[] Logs(float[] values) => [.. values.Select(value => (float)Math.Log(value))];
}
