using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;
using Vestige.Images.Planes;

namespace Vestige.Images.Imagining;

/// <summary>The cells of a plane that was reduced by averaging squares of 2, 4 or 8 samples: the mean of each square is known.</summary>
/// <remarks>Averaging folds the frequencies of a block onto few, each of which is a weighted sum of those that fold onto it and of no others (as in sampling:
/// u, 2n - u, 2n + u, ... for n samples). Given a kind, such a sum is Gaussian, and so is what it leaves open: a draw is one without the sum, moved by the gain
/// times what the sum lacks (Matheron's rule; Hoffman, Ribak 1991).</remarks>
internal sealed class BoxCells : BlockCells
{
    private const int Area = BlockTransform.Area;

    private readonly Plane _small;
    private readonly int _scale;
    private readonly BlockPrior _prior;

    /// <summary>(64): onto which folded frequency each one falls, -1 for none, and with what weight.</summary>
    private readonly int[] _onto = new int[Area];
    private readonly float[] _weights = new float[Area];

    /// <summary>(kinds, folded): variance of each folded frequency.</summary>
    private readonly float[] _folded;
    private readonly int _side;

    /// <summary>Prepares them.</summary>
    /// <param name="prior">What blocks look like at full size.</param>
    /// <param name="small">The means.</param>
    /// <param name="width">Samples of a row at full size.</param>
    /// <param name="height">Rows at full size.</param>
    /// <param name="scale">2, 4 or 8.</param>
    internal BoxCells(BlockPrior prior, Plane small, int width, int height, int scale) : base(width, height)
    {
        if (scale is not (2 or 4 or 8)) throw new ArgumentOutOfRangeException(nameof(scale), scale, "A block is divided into 2, 4 or 8.");
        (_prior, _small, _scale, _side) = (prior, small, scale, 8 / scale);
        Fold();
        _folded = new float[prior.Kinds * _side * _side];
        for (int i = 0; i < prior.Variances.Length; i++)
            if (i % Area != 0 && _onto[i % Area] >= 0) _folded[(i / Area * _side * _side) + _onto[i % Area]] += _weights[i % Area] * _weights[i % Area] * prior.Variances[i];
    }

    /// <inheritdoc/>
    internal override void Score(int block, Span<float> logs)
    {
        Span<double> known = stackalloc double[_side * _side];
        Known(block, known);
        for (int c = 0; c < logs.Length; c++)
            for (int f = 1; f < known.Length; f++)
            {
                double variance = _folded[(c * known.Length) + f];
                logs[c] -= (float)(0.5 * (Math.Log(variance) + (known[f] * known[f] / variance)));
            }
    }

    /// <inheritdoc/>
    internal override double Mean(int block, ReadOnlySpan<float> shares, Span<float> coefficients)
    {
        Span<double> known = stackalloc double[_side * _side];
        Known(block, known);
        coefficients.Clear();
        coefficients[0] = (float)(known[0] * _scale);
        double open = 0;
        for (int k = 1; k < Area; k++)
        {
            double mean = 0, square = 0;
            for (int c = 0; c < shares.Length; c++)
            {
                if (shares[c] == 0) continue;
                double variance = _prior.Variances[(c * Area) + k], gain = Gain(c, k), own = _onto[k] < 0 ? 0 : gain * known[_onto[k]];
                mean += shares[c] * own;
                square += shares[c] * ((own * own) + variance - (gain * _weights[k] * variance));
            }
            coefficients[k] = (float)mean;
            open += square - (mean * mean);
        }
        return open;
    }

    /// <inheritdoc/>
    internal override void Draw(int block, int kind, ref NormalTable random, Span<float> coefficients)
    {
        Span<double> lacks = stackalloc double[_side * _side];
        Known(block, lacks);
        coefficients[0] = (float)(lacks[0] * _scale);
        for (int k = 1; k < Area; k++)
        {
            coefficients[k] = (float)Math.Sqrt(_prior.Variances[(kind * Area) + k]) * random.Next();
            if (_onto[k] >= 0) lacks[_onto[k]] -= _weights[k] * coefficients[k];
        }
        for (int k = 1; k < Area; k++)
            if (_onto[k] >= 0) coefficients[k] += (float)(Gain(kind, k) * lacks[_onto[k]]);
    }

    /// <inheritdoc/>
    internal override void Project(Plane plane) => ColourPlanes.Keep(plane, _small, 0, _scale, _scale);

    private double Gain(int kind, int k) => _onto[k] < 0 ? 0 : _weights[k] * (double)_prior.Variances[(kind * Area) + k] / _folded[(kind * _side * _side) + _onto[k]];

    /// <summary>The orthonormal DCT-II of a block's means; beyond the edge the last is repeated.</summary>
    private void Known(int block, Span<double> known)
    {
        Span<double> half = stackalloc double[_side * _side];
        int x0 = block % Columns * _side, y0 = block / Columns * _side;
        for (int y = 0; y < _side; y++)
        {
            ReadOnlySpan<float> row = _small.Row(Math.Min(y0 + y, _small.Height - 1));
            for (int u = 0; u < _side; u++)
            {
                double sum = 0;
                for (int x = 0; x < _side; x++) sum += row[Math.Min(x0 + x, _small.Width - 1)] * Basis(_side, u, x);
                half[(y * _side) + u] = sum;
            }
        }
        for (int v = 0; v < _side; v++)
            for (int u = 0; u < _side; u++)
            {
                double sum = 0;
                for (int y = 0; y < _side; y++) sum += half[(y * _side) + u] * Basis(_side, v, y);
                known[(v * _side) + u] = sum;
            }
    }

    private void Fold()
    {
        // One direction first: the mean of each part of a wave of the block, as waves of so few samples. At most one of them is there.
        int[] onto = new int[8];
        double[] weights = new double[8];
        for (int u = 0; u < 8; u++)
        {
            onto[u] = -1;
            for (int f = 0; f < _side; f++)
            {
                double weight = 0;
                for (int x = 0; x < 8; x++) weight += Basis(8, u, x) * Basis(_side, f, x / _scale) / _scale;
                if (Math.Abs(weight) > 1e-9) (onto[u], weights[u]) = (f, weight);
            }
        }
        for (int k = 0; k < Area; k++)
        {
            (int v, int u) = (k / 8, k % 8);
            _onto[k] = onto[v] < 0 || onto[u] < 0 ? -1 : (onto[v] * _side) + onto[u];
            _weights[k] = (float)(weights[v] * weights[u]);
        }
    }

    private static double Basis(int length, int u, int x) => Math.Sqrt((u == 0 ? 1.0 : 2) / length) * Math.Cos(Math.PI * u * ((2 * x) + 1) / (2 * length));
}
