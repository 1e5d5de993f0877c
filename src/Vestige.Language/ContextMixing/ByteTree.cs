namespace Vestige.Language.ContextMixing;

/// <summary>The questions by which a byte is told, one bit each.</summary>
/// <remarks>
/// <para>A context mixer's time goes with the bits that it predicts: 4.6 a byte of English novels instead of 8. Any byte can be told by
/// either tree; only in how many steps, and how much contexts learn from the answers, is another matter.</para>
/// <para>Nodes are 1 (the first question) to 255. They are cut into pieces of at most 15, of which each context keeps one cache line: the
/// first has those that are reached most often, so that three fifths of the bytes of a novel never leave it.</para>
/// </remarks>
internal sealed class ByteTree
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

    private readonly int[] _weights = new int[512];
    private readonly (int Low, int High)[] _below = new (int, int)[512];
    private int _made = 256;

    private ByteTree(IReadOnlyList<int[]> groups, Func<int, int> weight)
    {
        for (int i = 0; i < 256; i++) _weights[i] = weight(i);
        var left = new PriorityQueue<int, (int Weight, int Made)>();
        foreach (int[] group in groups) Enqueue(Halve(group));
        while (left.Count > 1) Enqueue(Join(left.Dequeue(), left.Dequeue()));
        Number();

        void Enqueue(int node) => left.Enqueue(node, (_weights[node], node));
    }

    /// <summary>Few questions for the bytes that text is made of, up to 13 for others.</summary>
    internal static ByteTree Text { get; } = new(
        [.. s_groups.Select(group => group.Select(sign => (int)sign).ToArray()),
            [.. Enumerable.Range(0, 256).Where(i => !s_groups.Any(group => group.Contains((char)i, StringComparison.Ordinal)))]],
        WeightInText);

    /// <summary>The eight bits of a byte, the highest first: for what is no text.</summary>
    internal static ByteTree Bits { get; } = new([[.. Enumerable.Range(0, 256)]], static _ => 1);

    /// <summary>What follows an answer, at twice the node plus the bit: a node, or <see cref="Leaf"/> and the byte (512).</summary>
    internal ushort[] Next { get; } = new ushort[512];

    /// <summary>The piece of each node, the first 0.</summary>
    internal byte[] Piece { get; } = new byte[256];

    /// <summary>The place of each node in its piece, 1 to <see cref="PieceNodes"/>.</summary>
    internal byte[] Place { get; } = new byte[256];

    /// <summary>Questions before each node.</summary>
    internal byte[] Depth { get; } = new byte[256];

    /// <summary>The answers of each byte, the last one lowest, with a one before them.</summary>
    internal uint[] Answers { get; } = new uint[256];

    /// <summary>How many questions each byte takes.</summary>
    internal byte[] Questions { get; } = new byte[256];

    private static int WeightInText(int value)
    {
        char sign = (char)value;
        int at = Signs.IndexOf(sign, StringComparison.Ordinal);
        if (at >= 0) return s_signsOf100000[at];
        at = Small.IndexOf(char.ToLowerInvariant(sign), StringComparison.Ordinal);
        return at < 0 || value >= 128 ? RareByte : char.IsAsciiLetterLower(sign) ? s_smallOf100000[at] : Math.Max(s_smallOf100000[at] / 25, RareByte);
    }

    // Neighbours stay together, and both sides are as likely as can be.
    private int Halve(ReadOnlySpan<int> bytes)
    {
        if (bytes.Length == 1) return bytes[0];
        int all = 0, before = 0, best = 1, least = int.MaxValue;
        foreach (int value in bytes) all += _weights[value];
        for (int i = 1; i < bytes.Length; i++)
        {
            before += _weights[bytes[i - 1]];
            if (Math.Abs(all - (2 * before)) is var apart && apart < least) (least, best) = (apart, i);
        }
        return Join(Halve(bytes[..best]), Halve(bytes[best..]));
    }

    private int Join(int low, int high)
    {
        _weights[_made] = _weights[low] + _weights[high];
        _below[_made] = (low, high);
        return _made++;
    }

    // Piece by piece, and in each the node that is reached most often first.
    private void Number()
    {
        int nodes = 0, pieces = 0, root = _made - 1;
        int[] numbers = new int[_made];
        var tops = new PriorityQueue<int, int>([(root, 0)]);
        while (tops.TryDequeue(out int top, out _))
        {
            var reached = new PriorityQueue<int, int>([(top, 0)]);
            for (int place = 1; reached.TryDequeue(out int made, out _); place++)
            {
                if (place > PieceNodes)
                {
                    tops.Enqueue(made, -_weights[made]);
                    continue;
                }
                numbers[made] = ++nodes;
                (Piece[nodes], Place[nodes]) = ((byte)pieces, (byte)place);
                foreach (int child in (int[])[_below[made].Low, _below[made].High])
                    if (child >= 256) reached.Enqueue(child, -_weights[child]);
            }
            pieces++;
        }
        Follow(root, 0, 1);

        void Follow(int made, int depth, uint answers)
        {
            if (made < 256)
            {
                (Answers[made], Questions[made]) = (answers, (byte)depth);
                return;
            }
            int node = numbers[made];
            Depth[node] = (byte)depth;
            (int low, int high) = _below[made];
            Next[2 * node] = (ushort)(low < 256 ? Leaf + low : numbers[low]);
            Next[(2 * node) + 1] = (ushort)(high < 256 ? Leaf + high : numbers[high]);
            Follow(low, depth + 1, answers << 1);
            Follow(high, depth + 1, (answers << 1) | 1);
        }
    }
}
