namespace Vestige.Language.ContextMixing;

/// <summary>The questions by which a byte is told, one bit each: few for the bytes that text is made of (a Huffman code), more for others.</summary>
/// <remarks>
/// <para>A context mixer's time goes with the bits that it predicts: 4.6 a byte of English novels instead of 8. The tree is the
/// same for all texts and part of what a model is; it decides nothing about what can be coded, only in how many steps.</para>
/// <para>Nodes are 1 (the first question) to 255. They are cut into pieces of at most 15, of which each context keeps one cache line: the
/// first has those that are reached most often, so that three fifths of all bytes never leave it.</para>
/// </remarks>
internal static class ByteTree
{
    /// <summary>Added to a byte where <see cref="Next"/> ends in it.</summary>
    internal const int Leaf = 256;

    /// <summary>Questions in a piece, at most.</summary>
    internal const int PieceNodes = 15;

    // Bytes in 100,000 of text; all others, of other alphabets and of what is no text, as if they were RareByte.
    private const int RareByte = 30;
    private const string Small = "etaoinsrhldcumfpgwybvkxjqz";
    private static readonly int[] s_smallOf100000 =
        [9700, 7200, 6200, 5900, 5400, 5500, 5000, 4800, 4600, 3200, 3300, 2300, 2200, 2000, 1800, 1600, 1500, 1700, 1500, 1200, 800, 600, 150, 100, 90, 60];

    private const string Signs = " \n,.\r\"'-;:!?0123456789()/_=<>";
    private static readonly int[] s_signsOf100000 =
        [17000, 1500, 1300, 900, 500, 500, 400, 300, 150, 120, 100, 100, 150, 150, 120, 100, 100, 100, 100, 100, 100, 110, 80, 80, 60, 60, 60, 60, 60];

    // What comes in like places is told by like answers, from which contexts learn more than from a code that is only short.
    private static readonly string[] s_groups = [" ", "\r\n,.", ";:!?-'\"", "eaoiuy", "tnsrhldcmfpgwbvkxjqz"];

    static ByteTree()
    {
        int[] weights = new int[512];
        (int Low, int High)[] below = new (int, int)[512];
        weights.AsSpan(0, 256).Fill(RareByte);
        for (int i = 0; i < Small.Length; i++)
        {
            weights[Small[i]] = s_smallOf100000[i];
            weights[Small[i] - 32] = Math.Max(s_smallOf100000[i] / 25, RareByte);
        }
        for (int i = 0; i < Signs.Length; i++) weights[Signs[i]] = s_signsOf100000[i];
        int made = 256;
        var groups = new PriorityQueue<int, (int Weight, int Made)>();
        foreach (string group in s_groups) Add([.. group.Select(sign => (int)sign)]);
        Add([.. Enumerable.Range(0, 256).Where(i => !s_groups.Any(group => group.Contains((char)i, StringComparison.Ordinal)))]);
        while (groups.Count > 1)
        {
            int joined = Join(groups.Dequeue(), groups.Dequeue());
            groups.Enqueue(joined, (weights[joined], joined));
        }
        Number(weights, below);

        void Add(int[] bytes)
        {
            int group = Halve(bytes);
            groups.Enqueue(group, (weights[group], group));
        }

        // Neighbours stay together, and both sides are as likely as can be.
        int Halve(ReadOnlySpan<int> bytes)
        {
            if (bytes.Length == 1) return bytes[0];
            int all = 0, before = 0, best = 1, least = int.MaxValue;
            foreach (int value in bytes) all += weights[value];
            for (int i = 1; i < bytes.Length; i++)
            {
                before += weights[bytes[i - 1]];
                if (Math.Abs(all - (2 * before)) is var apart && apart < least) (least, best) = (apart, i);
            }
            return Join(Halve(bytes[..best]), Halve(bytes[best..]));
        }

        int Join(int low, int high)
        {
            weights[made] = weights[low] + weights[high];
            below[made] = (low, high);
            return made++;
        }
    }

    /// <summary>What follows an answer, at twice the node plus the bit: a node, or <see cref="Leaf"/> and the byte (512).</summary>
    internal static ushort[] Next { get; } = new ushort[512];

    /// <summary>The piece of each node, the first 0.</summary>
    internal static byte[] Piece { get; } = new byte[256];

    /// <summary>The place of each node in its piece, 1 to <see cref="PieceNodes"/>.</summary>
    internal static byte[] Place { get; } = new byte[256];

    /// <summary>Questions before each node.</summary>
    internal static byte[] Depth { get; } = new byte[256];

    /// <summary>The answers of each byte, the last one lowest, with a one before them.</summary>
    internal static uint[] Answers { get; } = new uint[256];

    /// <summary>How many questions each byte takes.</summary>
    internal static byte[] Questions { get; } = new byte[256];

    // Piece by piece, and in each the node that is reached most often first.
    private static void Number(int[] weights, (int Low, int High)[] below)
    {
        int nodes = 0, pieces = 0;
        int[] numbers = new int[512];
        var tops = new PriorityQueue<int, int>([(510, 0)]);
        while (tops.TryDequeue(out int top, out _))
        {
            var reached = new PriorityQueue<int, int>([(top, 0)]);
            for (int place = 1; reached.TryDequeue(out int made, out _); place++)
            {
                if (place > PieceNodes)
                {
                    tops.Enqueue(made, -weights[made]);
                    continue;
                }
                numbers[made] = ++nodes;
                (Piece[nodes], Place[nodes]) = ((byte)pieces, (byte)place);
                foreach (int child in (int[])[below[made].Low, below[made].High])
                    if (child >= 256) reached.Enqueue(child, -weights[child]);
            }
            pieces++;
        }
        Follow(510, 0, 1);

        void Follow(int made, int depth, uint answers)
        {
            if (made < 256)
            {
                (Answers[made], Questions[made]) = (answers, (byte)depth);
                return;
            }
            int node = numbers[made];
            Depth[node] = (byte)depth;
            (int low, int high) = below[made];
            Next[2 * node] = (ushort)(low < 256 ? Leaf + low : numbers[low]);
            Next[(2 * node) + 1] = (ushort)(high < 256 ? Leaf + high : numbers[high]);
            Follow(low, depth + 1, answers << 1);
            Follow(high, depth + 1, (answers << 1) | 1);
        }
    }
}
