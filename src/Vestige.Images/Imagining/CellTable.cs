using System.Collections.Concurrent;
using MathNet.Numerics;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Imagining.Priors;

namespace Vestige.Images.Imagining;

/// <summary>What each kind of a prior says of one coefficient in one cell: its probability, mean, variance, and draws.</summary>
/// <remarks>The normal law of variance v cut to [a, b]: Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions 1, 10.1. Cells are those of positive
/// coefficients and of 0, which is folded; the sign is the caller's.</remarks>
internal sealed class CellTable
{
    // Below, the mass is less than a double holds well: all of it stands at the near edge.
    private const double Tiny = 1e-280;

    // Where a kind has so much of its mass in the cell, drawing until one falls in is faster than inverting the law.
    private const double Ample = 0.3;

    private readonly double _from, _to;
    private readonly double[] _deviations, _below, _above;

    private CellTable(BlockPrior prior, int frequency, int step, int magnitude)
    {
        int kinds = prior.Kinds;
        (LogMass, Mean, Square) = (new float[kinds], new float[kinds], new float[kinds]);
        (_deviations, _below, _above) = (new double[kinds], new double[kinds], new double[kinds]);
        (_from, _to) = (magnitude == 0 ? 0 : (magnitude - 0.5) * step, (magnitude + 0.5) * step);
        for (int c = 0; c < kinds; c++)
        {
            double deviation = _deviations[c] = Math.Sqrt(prior.Variances[(c * BlockTransform.Area) + frequency]), a = _from / deviation, b = _to / deviation;
            (_below[c], _above[c]) = (Above(a), Above(b));
            double mass = _below[c] - _above[c];
            if (mass < Tiny)
            {
                (LogMass[c], Mean[c], Square[c]) = ((float)(-a * a / 2), (float)_from, (float)(_from * _from));
                continue;
            }
            double atA = Density(a), atB = Density(b);
            LogMass[c] = (float)Math.Log(magnitude == 0 ? 2 * mass : mass);
            Mean[c] = magnitude == 0 ? 0 : (float)Math.Clamp(deviation * (atA - atB) / mass, _from, _to);
            Square[c] = (float)(deviation * deviation * (1 + (((a * atA) - (b * atB)) / mass)));
        }
    }

    /// <summary>(kinds) natural log of the cell's probability.</summary>
    internal float[] LogMass { get; }

    /// <summary>(kinds) mean in the cell.</summary>
    internal float[] Mean { get; }

    /// <summary>(kinds) mean square in the cell.</summary>
    internal float[] Square { get; }

    /// <summary>A draw by one kind; of the cell around 0 its positive half.</summary>
    internal float Draw(int kind, ref NormalTable random)
    {
        double mass = _below[kind] - _above[kind], deviation = _deviations[kind];
        if (mass > Ample)
        {
            while (true)
            {
                double drawn = deviation * Math.Abs(random.Next());
                if (drawn >= _from && drawn <= _to) return (float)drawn;
            }
        }
        double p = _below[kind] - (random.NextDouble() * mass);
        return p > Tiny ? (float)Math.Clamp(deviation * Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * p), _from, _to) : (float)_from;
    }

    private static double Above(double x) => 0.5 * SpecialFunctions.Erfc(x / Math.Sqrt(2));

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Tables of one prior, made where they are first asked for. Safe to use from several threads.</summary>
    internal sealed class Set(BlockPrior prior)
    {
        /// <summary>Tables kept: of about 2 kB each. Files of ever new steps make the set begin anew.</summary>
        private const int Most = 20_000;

        private readonly ConcurrentDictionary<(int, int, int), CellTable> _tables = [];
        private int _count;

        internal BlockPrior Prior => prior;

        /// <summary>The table of a cell.</summary>
        /// <param name="frequency">1 to 63.</param>
        /// <param name="step">Width of the cell.</param>
        /// <param name="magnitude">The quantized coefficient without its sign.</param>
        internal CellTable Of(int frequency, int step, int magnitude)
        {
            (int, int, int) key = (frequency, step, magnitude);
            if (_tables.TryGetValue(key, out CellTable? table)) return table;
            if (Interlocked.Increment(ref _count) > Most)
            {
                _tables.Clear();
                _count = 0;
            }
            return _tables[key] = new CellTable(prior, frequency, step, magnitude);
        }
    }
}
