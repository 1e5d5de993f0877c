namespace Vestige.Language.Sketches;

/// <summary>Which pieces keep company: stand a little apart in one text more often than their frequencies say. What trigrams cannot know of a sketch.</summary>
/// <remarks>Only pairs that at least two documents hold, and that stand together twice as often as by chance and once more.</remarks>
internal sealed class Company
{
    // From the second neighbour on: the first is what trigrams are for.
    private const int Nearest = 2, Farthest = 8;

    // Pieces of T that are counted: enough for what is frequent, and it bounds memory.
    private const int MostPieces = 1 << 22;

    // Occasions of each kind that are imagined besides those that were seen.
    private const double Doubt = 2;

    // Several that say the same are not so many reasons.
    private const double Most = 16;

    private readonly Dictionary<ulong, double> _weights = [];
    private readonly double[] _means;

    /// <param name="pairs">Pairs, the lower number in the higher bits, ascending, and how often they were seen.</param>
    /// <param name="ones">How often each piece stands.</param>
    /// <param name="occasions">Pairs that were seen in all.</param>
    internal Company((ulong Pair, int Count)[] pairs, int[] ones, long occasions)
    {
        (Pairs, Occasions) = (pairs, occasions);
        double all = ones.Sum(count => (double)count);
        _means = [.. ones.Select(_ => 1.0)];
        foreach ((ulong pair, int count) in pairs)
        {
            (int a, int b) = ((int)(pair >> 32), (int)(pair & uint.MaxValue));
            double weight = (count + Doubt) / (Chance(ones, pair, all, occasions) + Doubt);
            _weights.Add(pair, weight);
            _means[a] += ones[b] / all * (weight - 1);
            if (a != b) _means[b] += ones[a] / all * (weight - 1);
        }
    }

    internal (ulong Pair, int Count)[] Pairs { get; }

    internal long Occasions { get; }

    /// <summary>Counts pairs.</summary>
    internal static Company Of(IReadOnlyList<(int[] Symbols, int Document)> sequences, int[] ones)
    {
        List<ulong> pairs = [];
        List<int> documents = [];
        long pieces = 0;
        foreach ((int[] symbols, int document) in sequences)
        {
            if ((pieces += symbols.Length) > MostPieces) break;
            for (int i = 0; i < symbols.Length; i++)
            {
                for (int j = i + Nearest; j <= i + Farthest && j < symbols.Length; j++)
                {
                    pairs.Add(Key(symbols[i], symbols[j]));
                    documents.Add(document);
                }
            }
        }
        ulong[] sorted = [.. pairs];
        int[] of = [.. documents];
        Array.Sort(sorted, of);
        double all = ones.Sum(count => (double)count);
        List<(ulong, int)> kept = [];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            bool isShared = false;
            for (end = start; end < sorted.Length && sorted[end] == sorted[start]; end++) isShared |= of[end] != of[start];
            if (!isShared || sorted[start] >> 32 < Vocabulary.First) continue;
            if (end - start >= (2 * Chance(ones, sorted[start], all, sorted.Length)) + 1) kept.Add((sorted[start], end - start));
        }
        return new Company([.. kept], ones, sorted.Length);
    }

    /// <summary>How many times as likely a piece is where others stand near by, over the mean of that for all pieces, one by one of the others.</summary>
    internal double Weight(int piece, ReadOnlySpan<int> near)
    {
        double weight = 1, mean = 1;
        foreach (int other in near)
        {
            if (_weights.TryGetValue(Key(piece, other), out double times)) weight = Math.Min(Most, weight * times);
            mean *= _means[other];
        }
        return weight / mean;
    }

    private static ulong Key(int a, int b) => ((ulong)Math.Min(a, b) << 32) | (uint)Math.Max(a, b);

    private static double Chance(int[] ones, ulong pair, double all, long occasions)
    {
        (int a, int b) = ((int)(pair >> 32), (int)(pair & uint.MaxValue));
        return (a == b ? 1 : 2) * occasions * (ones[a] / all) * (ones[b] / all);
    }
}
