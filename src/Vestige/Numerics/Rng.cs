using System.Numerics;

namespace Vestige.Numerics;

/// <summary>A seeded generator of random numbers: xoshiro256** (Blackman, Vigna 2018), seeded by SplitMix64.</summary>
/// <remarks>A struct passed by reference, never ambient: whoever draws says from which seed. The same seed gives the same numbers on every machine.</remarks>
public struct Rng
{
    private ulong _a, _b, _c, _d;

    /// <summary>Starts at <paramref name="seed"/>.</summary>
    public Rng(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>A stream of its own for each label, so that drawing more of one thing does not change another.</summary>
    public static Rng For(ulong seed, string label) => new(Mix(seed, label));

    /// <summary>A seed made of a seed and a label.</summary>
    public static ulong Mix(ulong seed, string label)
    {
        ulong hash = seed ^ 0xcbf29ce484222325;
        foreach (char c in label) hash = (hash ^ c) * 0x100000001b3;
        return SplitMix(ref hash);
    }

    /// <summary>A seed made of a seed and a number.</summary>
    public static ulong Mix(ulong seed, ulong number)
    {
        ulong state = seed + (number * 0x9e3779b97f4a7c15) + 0x2545f4914f6cdd1d;
        return SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 .. <paramref name="bound"/> - 1, without bias (Lemire 2019).</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong threshold = (ulong)-(long)bound % (ulong)bound;
        while (true)
        {
            ulong high = Math.BigMul(Next(), (ulong)bound, out ulong low);
            if (low >= threshold) return (int)high;
        }
    }

    /// <summary>Standard normal, by the polar method (Marsaglia, Bray 1964).</summary>
    public double NextNormal()
    {
        while (true)
        {
            double u = (2 * NextDouble()) - 1;
            double v = (2 * NextDouble()) - 1;
            double s = (u * u) + (v * v);
            if (s is > 0 and < 1) return u * Math.Sqrt(-2 * Math.Log(s) / s);
        }
    }

    /// <summary>Puts <paramref name="values"/> in random order (Fisher, Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
