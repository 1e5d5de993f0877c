using MathNet.Numerics.Distributions;
using Vestige.Numerics;

namespace Vestige.Images.Imagining.Blocks;

/// <summary>Standard normal numbers in a hurry: one of 4,096 quantiles, at the middles of equal shares, scaled to variance 1.</summary>
/// <remarks>Its distribution function is within 1/8,192 of the normal law's but for that scale (1.0007); nothing lies beyond 3.7, which a picture's noise may do
/// without.</remarks>
internal struct NormalTable(ulong seed)
{
    private const int Bits = 12;
    private static readonly float[] s_quantiles = Quantiles();

    private Rng _rng = new(seed);
    private ulong _bits;
    private int _left;

    /// <summary>The next normal number.</summary>
    internal float Next()
    {
        if (_left == 0) (_bits, _left) = (_rng.Next(), 64 / Bits);
        float value = s_quantiles[_bits & ((1 << Bits) - 1)];
        _bits >>= Bits;
        _left--;
        return value;
    }

    /// <summary>Uniform in [0, 1).</summary>
    internal double NextDouble() => _rng.NextDouble();

    private static float[] Quantiles()
    {
        const int count = 1 << Bits;
        double[] exact = [.. Enumerable.Range(0, count).Select(i => Normal.InvCDF(0, 1, (i + 0.5) / count))];
        double scale = Math.Sqrt(count / exact.Sum(x => x * x));
        return [.. exact.Select(x => (float)(x * scale))];
    }
}
