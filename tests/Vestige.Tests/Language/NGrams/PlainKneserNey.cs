namespace Vestige.Tests.Language.NGrams;

/// <summary>Interpolated modified Kneser-Ney as it is written down, over dictionaries: the judge of the fast one.</summary>
internal sealed class PlainKneserNey
{
    private readonly int _order;

    // For each string up to the order, how often it was seen, and after which symbols (-1: at the start of a document).
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, HashSet<int>> _lefts = [];

    private readonly Dictionary<(string Context, bool Seen), Dictionary<char, int>> _continuations = [];
    private readonly Dictionary<(int Length, bool Seen), double[]> _discounts = [];

    internal PlainKneserNey(IEnumerable<string> documents, int order)
    {
        _order = order;
        foreach (string document in documents)
        {
            for (int start = 0; start < document.Length; start++)
            {
                for (int length = 1; length <= order && start + length <= document.Length; length++)
                {
                    string gram = document.Substring(start, length);
                    _counts[gram] = _counts.GetValueOrDefault(gram) + 1;
                    if (!_lefts.TryGetValue(gram, out HashSet<int>? lefts)) _lefts[gram] = lefts = [];
                    lefts.Add(start == 0 ? -1 : document[start - 1]);
                }
            }
        }
    }

    /// <summary>The chance of a symbol after all that came before it in a passage.</summary>
    internal double Probability(string before, char symbol)
    {
        int longest = Math.Min(before.Length, _order - 1);
        double p = 1.0 / 256;
        for (int k = 0; k <= longest; k++) p = Step(before[^k..], symbol, k == longest, p);
        return p;
    }

    private double Step(string context, char symbol, bool seen, double lower)
    {
        Dictionary<char, int> counts = Continuations(context, seen);
        int total = counts.Values.Sum();
        if (total == 0) return lower;
        double[] discounts = Discounts(context.Length + 1, seen);
        double Discount(int count) => count == 0 ? 0 : discounts[Math.Min(count, 3) - 1];
        int own = counts.GetValueOrDefault(symbol);
        return (own - Discount(own) + (counts.Values.Sum(Discount) * lower)) / total;
    }

    private Dictionary<char, int> Continuations(string context, bool seen)
    {
        if (_continuations.TryGetValue((context, seen), out Dictionary<char, int>? counts)) return counts;
        counts = [];
        for (char symbol = (char)0; symbol < 256; symbol++)
            if (_counts.TryGetValue(context + symbol, out int count)) counts[symbol] = seen ? count : _lefts[context + symbol].Count;
        return _continuations[(context, seen)] = counts;
    }

    private double[] Discounts(int length, bool seen)
    {
        if (_discounts.TryGetValue((length, seen), out double[]? known)) return known;
        int[] counts = [.. _counts.Keys.Where(gram => gram.Length == length).Select(gram => seen ? _counts[gram] : _lefts[gram].Count)];
        double[] n = [0, .. Enumerable.Range(1, 4).Select(c => counts.Count(count => count == c))];
        double y = n[1] / (n[1] + (2 * n[2]));
        double[] d = [1 - (2 * y * n[2] / n[1]), 2 - (3 * y * n[3] / n[2]), 3 - (4 * y * n[4] / n[3])];
        return _discounts[(length, seen)] = d[0] > 0 && d[0] <= 1 && d[1] > 0 && d[1] <= 2 && d[2] > 0 && d[2] <= 3 ? d : [0.5, 1, 1.5];
    }
}
