namespace Vestige.Language.ContextMixing;

/// <summary>What a byte remembers of the bits seen in a context: how many zeros and ones, about, and which came last.</summary>
/// <remarks>
/// As in PAQ (Mahoney 2005), though the table is ours: a bit raises its own count, and of an opposite count above 2 half of what is
/// beyond is forgotten, so that a history says what was so lately. Counts that would not fit are held at their limits.
/// </remarks>
internal static class BitHistory
{
    // Greatest count of one bit by that of the rarer one.
    private static readonly int[] s_limits = [44, 26, 11, 7, 5];

    private static readonly List<(int Zeros, int Ones, int Last)> s_states = Enumerate();

    /// <summary>The history after a bit: at twice the history, plus the bit (512).</summary>
    internal static byte[] Next { get; } = MakeNext();

    /// <summary>Histories; 0 is the empty one.</summary>
    internal static int Count => s_states.Count;

    /// <summary>How much a history would be missed, the number of its bits (256).</summary>
    internal static byte[] Worth { get; } = [.. Enumerable.Range(0, 256).Select(i => (byte)(i < Count ? s_states[i].Zeros + s_states[i].Ones : 0))];

    /// <summary>The probability of a one that a history begins with, in units of 2^-16.</summary>
    internal static int Initial(int history)
    {
        if (history >= Count) return 32768;
        (int zeros, int ones, _) = s_states[history];
        return (int)((65536L * ((10 * ones) + 4)) / ((10 * (zeros + ones)) + 8));
    }

    private static bool Fits(int zeros, int ones)
    {
        int less = Math.Min(zeros, ones);
        return less < s_limits.Length && Math.Max(zeros, ones) <= s_limits[less];
    }

    private static List<(int Zeros, int Ones, int Last)> Enumerate()
    {
        List<(int, int, int)> states = [(0, 0, 0)];
        for (int total = 1; total <= s_limits[0]; total++)
            for (int ones = 0; ones <= total; ones++)
                for (int last = 0; last < 2; last++)
                    if (Fits(total - ones, ones) && (last == 0 ? ones < total : ones > 0)) states.Add((total - ones, ones, last));
        return states;
    }

    private static byte[] MakeNext()
    {
        byte[] next = new byte[512];
        for (int i = 0; i < Count; i++)
        {
            for (int bit = 0; bit < 2; bit++)
            {
                (int zeros, int ones, _) = s_states[i];
                (int own, int other) = bit == 0 ? (zeros, ones) : (ones, zeros);
                own++;
                if (other > 2) other = 2 + ((other - 2) / 2);
                while (!Fits(own, other))
                {
                    if (own > other && own > 1) own--;
                    else other--;
                }
                (int, int, int) state = bit == 0 ? (own, other, 0) : (other, own, 1);
                next[(2 * i) + bit] = (byte)s_states.IndexOf(state);
            }
        }
        return next;
    }
}
