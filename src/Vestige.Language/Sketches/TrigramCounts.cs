namespace Vestige.Language.Sketches;

/// <summary>How often symbols follow one another: of pairs and triples those that at least two documents hold, and beside them how often their beginnings stand at all.</summary>
internal sealed class TrigramCounts
{
    private const int Bits = 21;
    private const ulong Mask = (1UL << Bits) - 1;

    private TrigramCounts(int[] ones, Table pairs, Table triples, double[] discounts) => (Ones, Pairs, Triples, Discounts) = (ones, pairs, triples, discounts);

    /// <summary>Of each symbol how often it stands.</summary>
    internal int[] Ones { get; }

    /// <summary>What follows a symbol.</summary>
    internal Table Pairs { get; }

    /// <summary>What follows two.</summary>
    internal Table Triples { get; }

    /// <summary>What is taken off each count of 1, 2 and 3 symbols, for what was not seen.</summary>
    internal double[] Discounts { get; }

    /// <summary>N-grams by what they begin with.</summary>
    /// <param name="Contexts">Beginnings, ascending; of two symbols the first stands in the higher bits.</param>
    /// <param name="Starts">Where each one's followers begin, and behind the last their number.</param>
    /// <param name="Totals">How often each stands.</param>
    /// <param name="Symbols">Followers, ascending within a beginning.</param>
    /// <param name="Counts">How often each follows.</param>
    internal sealed record Table(ulong[] Contexts, int[] Starts, int[] Totals, int[] Symbols, int[] Counts);

    /// <summary>A beginning of two symbols.</summary>
    internal static ulong Context(int first, int second) => ((ulong)first << Bits) | (uint)second;

    /// <summary>Counts sequences.</summary>
    /// <param name="sequences">Symbols without those of the ends, and the document that each is of.</param>
    /// <param name="symbols">How many symbols there are.</param>
    internal static TrigramCounts Of(IReadOnlyList<(int[] Symbols, int Document)> sequences, int symbols)
    {
        int all = sequences.Sum(sequence => sequence.Symbols.Length + 1);
        int[] ones = new int[symbols], documents = new int[all];
        ulong[] triples = new ulong[all];
        int at = 0;
        foreach ((int[] sequence, int document) in sequences)
        {
            (int first, int second) = (Vocabulary.Start, Vocabulary.Start);
            for (int i = 0; i <= sequence.Length; i++)
            {
                int third = i < sequence.Length ? sequence[i] : Vocabulary.End;
                ones[third]++;
                triples[at] = (Context(first, second) << Bits) | (uint)third;
                documents[at++] = document;
                (first, second) = (second, third);
            }
        }
        ulong[] pairs = [.. triples.Select(triple => triple & ((1UL << (2 * Bits)) - 1))];
        int[] ofPairs = [.. documents];
        Array.Sort(triples, documents);
        Array.Sort(pairs, ofPairs);
        return new TrigramCounts(ones, TableOf(pairs, ofPairs, out double two), TableOf(triples, documents, out double three),
            [Discount(ones.Count(count => count == 1), ones.Count(count => count == 2)), two, three]);
    }

    /// <summary>Counts as they were written.</summary>
    internal static TrigramCounts Restored(int[] ones, Table pairs, Table triples, double[] discounts) => new(ones, pairs, triples, discounts);

    private static Table TableOf(ulong[] grams, int[] documents, out double discount)
    {
        List<ulong> contexts = [];
        List<int> starts = [], totals = [], symbols = [], counts = [];
        int once = 0, twice = 0;
        for (int start = 0, end; start < grams.Length; start = end)
        {
            ulong context = grams[start] >> Bits;
            int kept = symbols.Count;
            for (end = start; end < grams.Length && grams[end] >> Bits == context;)
            {
                int from = end;
                bool isShared = false;
                for (; end < grams.Length && grams[end] == grams[from]; end++) isShared |= documents[end] != documents[from];
                if (end - from == 1) once++;
                if (end - from == 2) twice++;
                if (!isShared) continue;
                symbols.Add((int)(grams[from] & Mask));
                counts.Add(end - from);
            }
            if (symbols.Count == kept) continue;
            contexts.Add(context);
            starts.Add(kept);
            totals.Add(end - start);
        }
        starts.Add(symbols.Count);
        discount = Discount(once, twice);
        return new Table([.. contexts], [.. starts], [.. totals], [.. symbols], [.. counts]);
    }

    // Ney, Essen, Kneser 1994, of all n-grams before some are left out; within bounds, for there may be too few to tell.
    private static double Discount(int once, int twice) => once == 0 ? 0.1 : Math.Clamp((double)once / (once + (2.0 * twice)), 0.1, 0.9);
}
