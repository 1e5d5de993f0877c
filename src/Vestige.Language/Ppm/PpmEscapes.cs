namespace Vestige.Language.Ppm;

/// <summary>How likely an escape was in contexts of a kind: secondary estimation (Shkarin 2002, sections 4 and 5).</summary>
internal sealed class PpmEscapes
{
    /// <summary>Probabilities of binary contexts are in units of 2^-14.</summary>
    internal const int BinaryBits = 14;

    private const int Period = 7;
    private const int Frequencies = 128;
    private const int Kinds = 64;
    private const int Groups = 25;

    // Groups of counts, each wider than the one before: 1, 2, 3, 4, 5-6, 7-9, ...
    private static readonly byte[] s_group = Grow();

    private readonly ushort[] _binary = new ushort[Frequencies * Kinds];
    private readonly Masked[] _masked = new Masked[Groups * 16];

    internal PpmEscapes()
    {
        for (int frequency = 0; frequency < Frequencies; frequency++)
            _binary.AsSpan(frequency * Kinds, Kinds).Fill((ushort)((1 << BinaryBits) - (14000 / (frequency + 2))));
        for (int group = 0; group < Groups; group++)
            _masked.AsSpan(group * 16, 16).Fill(new Masked { Sum = (ushort)(((5 * group) + 10) << (Period - 4)), Shift = Period - 4, Left = 4 });
    }

    /// <summary>The chance that a context's only byte comes again.</summary>
    /// <param name="frequency">Of that byte, at least 1.</param>
    /// <param name="lower">Bytes seen in the context's suffix.</param>
    /// <param name="symbol">The byte.</param>
    /// <param name="last">The byte before.</param>
    /// <param name="hit">Whether that was the expected one.</param>
    /// <param name="run">Whether more were than usual.</param>
    internal ref ushort Binary(int frequency, int lower, byte symbol, byte last, bool hit, bool run) =>
        ref _binary[((Math.Min(frequency, Frequencies) - 1) * Kinds) + (hit ? 1 : 0) + (lower == 1 ? 0 : lower == 2 ? 2 : lower <= 11 ? 4 : 6)
            + (High(last) ? 8 : 0) + (High(symbol) ? 16 : 0) + (run ? 0 : 32)];

    /// <summary>What an escape weighs in a context of which some bytes are known not to come.</summary>
    /// <param name="left">Bytes that may come, at least 1.</param>
    /// <param name="count">Bytes seen here.</param>
    /// <param name="lower">Bytes seen in its suffix.</param>
    /// <param name="sum">Sum of the frequencies here.</param>
    /// <param name="last">The byte before.</param>
    internal ref Masked Of(int left, int count, int lower, int sum, byte last) =>
        ref _masked[(s_group[left - 1] * 16) + (left < lower - count ? 1 : 0) + (sum < 11 * count ? 2 : 0) + (count - left > left ? 4 : 0) + (High(last) ? 8 : 0)];

    /// <summary>One step of a probability towards what happened.</summary>
    internal static void Learn(ref ushort probability, bool hit)
    {
        int mean = (probability + (1 << (Period - 2))) >> Period;
        probability = (ushort)(hit ? probability + (1 << Period) - mean : probability - mean);
    }

    // Letters apart from what stands between them.
    private static bool High(byte symbol) => symbol >= 0x40;

    private static byte[] Grow()
    {
        byte[] group = new byte[SamplingOptions.Bytes];
        for (int i = 0, number = 0, left = 1; i < group.Length; i++)
        {
            group[i] = (byte)number;
            if (--left > 0) continue;
            number++;
            left = Math.Max(1, number - 2);
        }
        return group;
    }

    /// <summary>A mean that adapts more slowly the longer it has been followed.</summary>
    internal struct Masked
    {
        internal ushort Sum;
        internal byte Shift, Left;

        /// <summary>The weight of an escape, at least 1.</summary>
        internal readonly int Weight => Math.Max(1, Sum >> Shift);

        /// <summary>Takes the present mean out, before the outcome is known.</summary>
        internal void Begin() => Sum -= (ushort)(Sum >> Shift);

        internal void Escaped(int total) => Sum = (ushort)Math.Min(ushort.MaxValue, Sum + total);

        internal void Found()
        {
            if (Shift >= Period || --Left > 0) return;
            Sum = (ushort)Math.Min(ushort.MaxValue, Sum * 2);
            Left = (byte)Math.Min(byte.MaxValue, 3 << Shift++);
        }
    }
}
