using System.Collections;
using Vestige.Language.Storage;

namespace Vestige.Language.NGrams;

/// <summary>An n-gram model as bytes.</summary>
/// <remarks>
/// <c>vestige.ngram</c>, a zero byte, then numbers as in <see cref="Packer"/>: version, length of a passage, hashes of the documents
/// (their number, then 16 bytes each, highest first), and the counts: order; how many k-grams were seen 1 to 4 times and after 1 to 4
/// bytes, for k from 1; the tails (their number, the bytes, the number of ends, each as its distance from the one before); the count
/// of bytes; and level by level, for each k-gram of the level before that was seen more than once, the number of its children, and for
/// each child its byte and count, and then, but for the longest, after how many bytes it was seen, or where its tail is if it was
/// seen once. At the end, 16 bytes of the SHA-256 of all before.
/// </remarks>
internal static class NGramFile
{
    // To be raised when older programs would misread newer files.
    private const int Version = 1;

    private static readonly byte[] s_magic = [.. "vestige.ngram"u8, 0];

    /// <summary>Whether a file that starts so is one of these.</summary>
    internal static bool Is(ReadOnlySpan<byte> start) => start.StartsWith(s_magic);

    /// <summary>Bytes of the counts as they are stored.</summary>
    internal static long SizeOf(NGramCounts counts)
    {
        using var packer = new Packer(null);
        Write(packer, counts);
        return packer.Length;
    }

    internal static void Write(Stream to, NGramCounts counts, int passageBytes, IReadOnlyCollection<UInt128> documents)
    {
        using var packer = new Packer(to);
        ModelHeader.Write(packer, s_magic, Version, passageBytes, documents);
        Write(packer, counts);
        packer.End();
    }

    /// <exception cref="InvalidDataException">It is none, or damaged, or newer than this program; the message says which, without a name.</exception>
    internal static (NGramCounts Counts, int PassageBytes, IReadOnlyList<UInt128> Documents) Read(ReadOnlySpan<byte> bytes)
    {
        if (!Is(bytes)) throw new InvalidDataException("it is no n-gram model");
        (int passageBytes, IReadOnlyList<UInt128> documents) = ModelHeader.Read(bytes, s_magic, Version, out Unpacker from);
        NGramCounts counts = ReadCounts(ref from);
        from.End();
        return (counts, passageBytes, documents);
    }

    private static void Write(Packer to, NGramCounts counts)
    {
        to.AddNumber(counts.Order);
        foreach (long[][] table in new[] { counts.Seen, counts.SeenAfter })
            foreach (long[] row in table.Skip(1))
                foreach (long number in row) to.AddNumber(number);

        to.AddNumber(counts.Tails.Length);
        to.Add(counts.Tails);
        int[] ends = [.. Enumerable.Range(0, counts.Tails.Length).Where(counts.IsEnd)];
        to.AddNumber(ends.Length);
        for (int i = 0; i < ends.Length; i++) to.AddNumber(i == 0 ? ends[0] : ends[i] - ends[i - 1]);

        to.AddNumber(counts.Levels[0].Counts[0]);
        for (int k = 1; k <= counts.Order; k++)
        {
            NGramLevel parents = counts.Levels[k - 1], level = counts.Levels[k];
            for (int parent = 0; parent < parents.Count; parent++)
            {
                if (k > 1 && parents.Counts[parent] < 0) continue;
                (int start, int end) = (parents.Children[parent], parents.Children[parent + 1]);
                to.AddNumber(end - start);
                for (int child = start; child < end; child++)
                {
                    int count = level.Counts[child];
                    to.Add(level.Symbols[child]);
                    to.AddNumber(Math.Max(1, count));
                    if (k < counts.Order) to.AddNumber(count < 0 ? ~count : level.Lefts[child]);
                }
            }
        }
    }

    private static NGramCounts ReadCounts(ref Unpacker from)
    {
        int order = (int)from.Number(NGramCounts.LowestOrder, NGramCounts.HighestOrder);
        long[][] seen = ReadTable(ref from, order), seenAfter = ReadTable(ref from, order);
        byte[] tails = from.Bytes(from.Number(0, Array.MaxLength)).ToArray();
        var ends = new BitArray(tails.Length);
        long endCount = from.Number(0, tails.Length);
        for (long i = 0, at = 0; i < endCount; i++)
        {
            at += from.Number(i == 0 ? 0 : 1, tails.Length);
            if (at >= tails.Length || tails[at] != 0) throw Unpacker.Damaged();
            ends[(int)at] = true;
        }

        int total = (int)from.Number(0, Array.MaxLength);
        var levels = new NGramLevel[order + 1];
        int[] counts = [total];
        int[] lefts = [0];
        byte[] symbols = [0];
        for (int k = 1; k <= order; k++)
        {
            var children = new List<int>(counts.Length + 1);
            List<byte> nextSymbols = [];
            List<int> nextCounts = [], nextLefts = [];
            for (int parent = 0; parent < counts.Length; parent++)
            {
                children.Add(nextSymbols.Count);
                if (k > 1 && counts[parent] < 0) continue;
                ReadChildren(ref from, counts[parent], tails, ends, k == order ? 0 : order - k, nextSymbols, nextCounts, nextLefts);
            }
            children.Add(nextSymbols.Count);
            levels[k - 1] = new NGramLevel { Symbols = symbols, Counts = counts, Lefts = [.. lefts.Select(x => (ushort)x)], Children = [.. children] };
            (symbols, counts, lefts) = ([.. nextSymbols], [.. nextCounts], [.. nextLefts]);
        }
        levels[order] = new NGramLevel { Symbols = symbols, Counts = counts, Lefts = [], Children = [] };
        return new NGramCounts { Levels = levels, Tails = tails, Ends = ends, Seen = seen, SeenAfter = seenAfter };
    }

    /// <param name="from">Where from.</param>
    /// <param name="left">How often the parent was seen: the children together no more than that.</param>
    /// <param name="tails">The tails.</param>
    /// <param name="ends">Their ends.</param>
    /// <param name="tail">Bytes that a child seen once needs to go on; 0 for the longest.</param>
    /// <param name="symbols">Receives bytes.</param>
    /// <param name="counts">Receives counts.</param>
    /// <param name="lefts">Receives after how many bytes each was seen.</param>
    private static void ReadChildren(
        ref Unpacker from, int left, byte[] tails, BitArray ends, int tail, List<byte> symbols, List<int> counts, List<int> lefts)
    {
        long number = from.Number(0, Math.Min(SamplingOptions.Bytes, left));
        for (int last = -1; number > 0; number--)
        {
            byte symbol = from.Byte();
            int count = (int)from.Number(1, left);
            if (symbol <= last) throw Unpacker.Damaged();
            last = symbol;
            left -= count;
            symbols.Add(symbol);
            if (tail == 0)
            {
                counts.Add(count);
                continue;
            }
            int more = (int)from.Number(count == 1 ? 0 : 1, count == 1 ? tails.Length - 1 : Math.Min(count, SamplingOptions.Bytes + 1));
            lefts.Add(count == 1 ? 1 : more);
            counts.Add(count == 1 ? ~more : count);
            if (count == 1 && !Reaches(more, tail, tails.Length, ends)) throw Unpacker.Damaged();
        }
    }

    // Whether a tail is within the tails for as long as it is read.
    private static bool Reaches(int place, int length, int tails, BitArray ends)
    {
        for (int i = 0; i < length; i++, place++)
        {
            if (place >= tails) return false;
            if (ends[place]) return true;
        }
        return true;
    }

    private static long[][] ReadTable(ref Unpacker from, int order)
    {
        long[][] table = new long[order + 1][];
        table[0] = new long[4];
        for (int k = 1; k <= order; k++)
        {
            table[k] = new long[4];
            for (int i = 0; i < 4; i++) table[k][i] = from.Number(0, long.MaxValue);
        }
        return table;
    }
}
