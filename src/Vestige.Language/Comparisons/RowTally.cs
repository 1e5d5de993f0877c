using System.Text;
using Vestige.Language.Numerics;
using Vestige.Results;

namespace Vestige.Language.Comparisons;

/// <summary>All that is kept of one row's comparison on one sample: sums, percentiles, words, and the few passages that changed most.</summary>
internal sealed class RowTally
{
    /// <summary>Passages that are shown.</summary>
    internal const int MostPassages = 4;

    private readonly List<ChangedPassage> _passages = [];

    internal Tally All { get; } = new();

    internal SortedDictionary<string, Tally> Domains { get; } = new(StringComparer.Ordinal);

    /// <summary>By the power of two at and above which a position's number lies.</summary>
    internal SortedDictionary<int, Tally> Positions { get; } = [];

    internal Sketch Divergences { get; } = new();

    internal Sketch Changes { get; } = new();

    internal Sketch Ratios { get; } = new();

    internal ChangedWords Words { get; } = new();

    internal IReadOnlyList<ChangedPassage> Passages => _passages;

    /// <summary>Passages that could not be compared.</summary>
    internal int LeftOut { get; set; }

    /// <summary>The first folder of a document's name; a dot where it is in none.</summary>
    internal static string DomainOf(string document) => document.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? document[..slash] : ".";

    /// <summary>Takes a passage of which only the bits are known.</summary>
    internal void Add(int cluster, string document, int bytes, double bitsOfReference, double bits)
    {
        foreach (Tally tally in (Tally[])[All, Domain(document)])
        {
            double[] sums = tally.Of(cluster, document);
            sums[(int)Sum.Bytes] += bytes;
            sums[(int)Sum.BitsOfReference] += bitsOfReference;
            sums[(int)Sum.Bits] += bits;
        }
    }

    /// <summary>Takes a passage.</summary>
    /// <param name="cluster">The cluster of its document.</param>
    /// <param name="document">The document's name.</param>
    /// <param name="passage">The passage.</param>
    /// <param name="positions">For each position how the two differ, and what stands there.</param>
    internal void Add(int cluster, string document, Passage passage, ReadOnlySpan<(Difference Difference, byte[] Piece)> positions)
    {
        double[] all = new double[Tally.Sums];
        double[] lost = new double[positions.Length], more = new double[positions.Length];
        for (int at = 0; at < positions.Length; at++)
        {
            (Difference difference, byte[] piece) = positions[at];
            int power = 1 << int.Log2(at + 1);
            if (!Positions.TryGetValue(power, out Tally? tally)) Positions.Add(power, tally = new Tally());
            double[] here = tally.Of(cluster, document);
            here[(int)Sum.Bytes] += piece.Length;
            Add(here, difference);
            Add(all, difference);
            lost[at] = difference.Lost;
            more[at] = (difference.LogP - difference.LogQ) / Math.Log(2);
            Divergences.Add(difference.Divergence);
            Changes.Add(Math.Exp(difference.LogQ) - Math.Exp(difference.LogP));
            Ratios.Add(-more[at]);
        }
        all[(int)Sum.Bytes] = passage.Length;
        foreach (Tally tally in (Tally[])[All, Domain(document)])
        {
            double[] sums = tally.Of(cluster, document);
            for (int k = 0; k < sums.Length; k++) sums[k] += all[k];
        }
        int[] begins = Begins(passage, positions);
        int[] words = ChangedWords.Of(passage.Span, out List<string> names);
        int[] wordOf = [.. begins.Select((start, at) => FirstWord(words, start, at + 1 < begins.Length ? begins[at + 1] : passage.Length))];
        Words.Add(names, wordOf, lost, more);
        Show(document, passage, positions, lost, more);
    }

    private static void Add(double[] sums, in Difference difference)
    {
        double p = -difference.LogP / Math.Log(2), q = -difference.LogQ / Math.Log(2), change = Math.Exp(difference.LogQ) - Math.Exp(difference.LogP);
        sums[(int)Sum.Positions]++;
        sums[(int)Sum.BitsOfReference] += p;
        sums[(int)Sum.Bits] += q;
        sums[(int)Sum.Lost] += difference.Lost;
        sums[(int)Sum.Divergence] += difference.Divergence;
        sums[(int)Sum.Reverse] += difference.Reverse;
        sums[(int)Sum.JensenShannon] += difference.JensenShannon;
        sums[(int)Sum.SameTop] += difference.SameTop ? 1 : 0;
        sums[(int)Sum.SquaresOfReference] += p * p;
        sums[(int)Sum.Squares] += q * q;
        sums[(int)Sum.Products] += p * q;
        sums[(int)Sum.Change] += change;
        sums[(int)Sum.ChangeSquares] += change * change;
    }

    private Tally Domain(string document)
    {
        string domain = DomainOf(document);
        if (!Domains.TryGetValue(domain, out Tally? tally)) Domains.Add(domain, tally = new Tally());
        return tally;
    }

    /// <summary>Where each symbol begins in the passage; a space that a vocabulary puts before it is not there.</summary>
    private static int[] Begins(Passage passage, ReadOnlySpan<(Difference, byte[] Piece)> positions)
    {
        int[] begins = new int[positions.Length];
        int length = 0;
        foreach ((_, byte[] piece) in positions) length += piece.Length;
        int at = passage.Length - length;
        for (int i = 0; i < begins.Length; i++)
        {
            begins[i] = Math.Max(0, at);
            at += positions[i].Piece.Length;
        }
        return begins;
    }

    private static int FirstWord(ReadOnlySpan<int> words, int start, int end)
    {
        for (int at = start; at < end; at++)
            if (words[at] >= 0) return words[at];
        return -1;
    }

    private void Show(string document, Passage passage, ReadOnlySpan<(Difference, byte[] Piece)> positions, double[] lost, double[] more)
    {
        double mean = lost.Average();
        if (mean <= 0 || (_passages.Count == MostPassages && mean <= _passages[^1].Lost)) return;
        List<ChangedPiece> pieces = [];
        List<byte> open = [];
        int first = 0;
        for (int at = 0; at < positions.Length; at++)
        {
            open.AddRange(positions[at].Piece);
            // Symbols that share a character are shown together; four bytes are the longest.
            bool whole = System.Text.Unicode.Utf8.IsValid(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(open)) || open.Count >= 4 || at == positions.Length - 1;
            if (!whole) continue;
            pieces.Add(new ChangedPiece(Names.Printable(Encoding.UTF8.GetString([.. open])), Round(lost[first..(at + 1)].Average()), Round(more[first..(at + 1)].Sum())));
            open.Clear();
            first = at + 1;
        }
        _passages.Add(new ChangedPassage(document, passage.Offset, mean, pieces));
        // Stable, so that of equals the first stays.
        ChangedPassage[] kept = [.. _passages.OrderByDescending(changed => changed.Lost).Take(MostPassages)];
        _passages.Clear();
        _passages.AddRange(kept);
    }

    // What is looked at and not computed with. An infinite number of bits is not in JSON.
    private static double Round(double value) => Math.Round(Math.Clamp(value, -1000, 1000), 4);
}
