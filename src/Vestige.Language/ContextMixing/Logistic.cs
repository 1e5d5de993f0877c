namespace Vestige.Language.ContextMixing;

/// <summary>The logistic function and its inverse in whole numbers: ln(p / (1 - p)) in units of 1/256, within ±11.99.</summary>
/// <remarks>The tables are made with additions, products and quotients only, which every machine rounds alike.</remarks>
internal static class Logistic
{
    /// <summary>Greatest of <see cref="Stretches"/>.</summary>
    internal const int Most = 3069;

    private static readonly ushort[] s_squash = MakeSquash();
    private static readonly short[] s_stretch = MakeStretch();

    /// <summary>ln(p / (1 - p)), rounded, by 16ths of a probability of 16 bits (4096).</summary>
    internal static ReadOnlySpan<short> Stretches => s_stretch;

    /// <summary>Probabilities in units of 2^-16, by ln(p / (1 - p)) from -<see cref="Most"/> to <see cref="Most"/>.</summary>
    internal static ReadOnlySpan<ushort> Squashes => s_squash;

    /// <summary>The probability, in units of 2^-16, 1 to 65535.</summary>
    internal static int Squash(int x) => s_squash[Math.Clamp(x, -Most, Most) + Most];

    private static ushort[] MakeSquash()
    {
        // e^(1/256) from its series; then its powers.
        double root = 1, term = 1;
        for (int i = 1; i < 12; i++) root += term *= 1.0 / 256 / i;
        ushort[] table = new ushort[(2 * Most) + 1];
        double power = 1;
        for (int x = 0; x <= Most; x++, power *= root)
        {
            int p = (int)((65536 * power / (1 + power)) + 0.5);
            table[Most + x] = (ushort)Math.Min(p, 65535);
            table[Most - x] = (ushort)Math.Max(65536 - p, 1);
        }
        return table;
    }

    private static short[] MakeStretch()
    {
        short[] table = new short[4096];
        int x = -Most;
        for (int i = 0; i < table.Length; i++)
        {
            // The middle of what the entry stands for.
            while (x < Most && s_squash[x + Most] < (16 * i) + 8) x++;
            table[i] = (short)x;
        }
        return table;
    }
}
