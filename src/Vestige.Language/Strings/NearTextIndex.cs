using System.Runtime.InteropServices;
using System.Text;
using Vestige.Copies;
using Vestige.Language.Views;

namespace Vestige.Language.Strings;

/// <summary>Texts whose runs of words can be looked for.</summary>
/// <param name="table">Where runs stand.</param>
/// <param name="texts">The texts: where each is from, and where it begins there.</param>
internal sealed class NearTextIndex(RunTable table, IReadOnlyList<(string Document, long Offset)> texts) : INearIndex<Passage>
{
    // Characters of a span that are quoted.
    private const int MostQuoted = 400;

    // Words without a shared run over which a chain holds, where all runs are kept.
    private const int Gap = 12;

    public NearMatch Find(IReadOnlyList<Passage> document)
    {
        double length = 0;
        long words = 0, covered = 0;
        List<NearSpan> spans = [];
        var byDocument = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (DocumentText text in DocumentText.Of(document))
        {
            List<ulong> hashes = [];
            List<(int Start, int End)> places = [];
            Words.Read(text.Bytes.Span, hashes, places, whole: true);
            // Of fewer words nothing can be told.
            if (hashes.Count < NearTexts.LeastWords) continue;
            length += Characters.Count(text.Bytes.Span);
            words += hashes.Count;
            foreach (Chain chain in Cover(hashes))
            {
                int own = chain.End - chain.First;
                covered += own;
                string source = texts[chain.Text].Document;
                byDocument[source] = byDocument.GetValueOrDefault(source) + own;
                spans.Add(Describe(text, places, chain));
            }
        }
        if (covered == 0) return NearMatch.None(length);
        KeyValuePair<string, long> most = byDocument.MaxBy(pair => pair.Value);
        return new NearMatch((double)covered / words, length, most.Key, (double)most.Value / words, spans);
    }

    private NearSpan Describe(DocumentText text, List<(int Start, int End)> places, Chain chain)
    {
        int start = places[chain.First].Start, end = places[chain.End - 1].End;
        ReadOnlySpan<byte> bytes = text.Bytes.Span[start..end];
        string said = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 4 * MostQuoted)]);
        return new NearSpan(text.Document, text.Offset + start, Characters.Count(bytes), texts[chain.Text].Document, texts[chain.Text].Offset + chain.SourceStart,
            chain.Similarity(table.Level), said.Length <= MostQuoted ? said : said[..(char.IsHighSurrogate(said[MostQuoted - 1]) ? MostQuoted - 1 : MostQuoted)]);
    }

    /// <summary>Runs that follow each other here and there.</summary>
    private sealed class Chain
    {
        internal required int Text { get; init; }

        /// <summary>First word here, which a chain that starts inside another gives up.</summary>
        internal required int First { get; set; }

        internal required int SourceStart { get; init; }

        /// <summary>Last run, here and there.</summary>
        internal required int Last { get; set; }

        internal required int LastThere { get; set; }

        internal required int Covered { get; set; }

        internal int Runs { get; set; } = 1;

        internal int End => Last + NearTexts.RunWords;

        /// <summary>Share of its words in shared runs; where a part of the runs is kept, share of the runs that would be kept.</summary>
        internal double Similarity(int level) => level == 0
            ? (double)Covered / (End - First)
            : Math.Min(1, Math.ScaleB(Runs, level) / (End - First - NearTexts.RunWords + 1));

        /// <summary>Whether this is more than words that happen to meet.</summary>
        internal bool Counts(int level) => End - First >= NearTexts.LeastWords
            && (level == 0 ? Covered >= NearTexts.LeastCovered && 2 * Covered >= End - First : Runs >= 3 && Similarity(level) >= 0.25);
    }

    /// <summary>The chains of a text, none overlapping another: of two that do, the longer has the words.</summary>
    private List<Chain> Cover(List<ulong> words)
    {
        List<Chain> chains = Chains(words);
        bool[] taken = new bool[words.Count];
        List<Chain> cover = [];
        foreach (Chain chain in chains.OrderByDescending(chain => chain.End - chain.First).ThenBy(chain => chain.First))
        {
            // What is left of it at its one end or the other.
            while (chain.First < chain.End && taken[chain.First]) chain.First++;
            int end = chain.End;
            while (end > chain.First && taken[end - 1]) end--;
            if (end - chain.First < NearTexts.LeastWords || taken.AsSpan(chain.First, end - chain.First).Contains(true)) continue;
            chain.Last = end - NearTexts.RunWords;
            taken.AsSpan(chain.First, end - chain.First).Fill(true);
            cover.Add(chain);
        }
        return [.. cover.OrderBy(chain => chain.First)];
    }

    private List<Chain> Chains(List<ulong> words)
    {
        int gap = Gap << Math.Min(table.Level, 16);
        var open = new Dictionary<int, List<Chain>>();
        List<Chain> found = [];
        for (int at = 0; at + NearTexts.RunWords <= words.Count; at++)
        {
            ulong hash = NearTexts.HashOf(words, at);
            if (hash == 0 || !table.Keeps(hash)) continue;
            foreach (RunTable.Run run in table.Of(hash))
            {
                ref List<Chain>? chains = ref CollectionsMarshal.GetValueRefOrAddDefault(open, run.Text, out _);
                chains ??= [];
                Close(chains, at - gap, found);
                if (Nearest(chains, at, run.Word) is { } chain)
                {
                    chain.Covered += Math.Min(NearTexts.RunWords, at - chain.Last);
                    chain.Runs++;
                    (chain.Last, chain.LastThere) = (at, run.Word);
                }
                else
                {
                    chains.Add(new Chain { Text = run.Text, First = at, SourceStart = run.Start, Last = at, LastThere = run.Word, Covered = NearTexts.RunWords });
                }
            }
        }
        foreach (List<Chain> chains in open.Values) Close(chains, int.MaxValue, found);
        return found;
    }

    /// <summary>Takes chains that ended before a word out of those that may go on.</summary>
    private void Close(List<Chain> chains, int before, List<Chain> found)
    {
        if (chains.Count == 0 || chains.TrueForAll(chain => chain.Last >= before)) return;
        found.AddRange(chains.Where(chain => chain.Last < before && chain.Counts(table.Level)));
        chains.RemoveAll(chain => chain.Last < before);
    }

    /// <summary>The chain that a run goes on best: about as far from its last run here as there.</summary>
    private static Chain? Nearest(List<Chain> chains, int here, int there)
    {
        Chain? best = null;
        int least = int.MaxValue;
        foreach (Chain chain in chains)
        {
            int step = here - chain.Last, other = there - chain.LastThere, off = Math.Abs(step - other);
            if (step <= 0 || other <= 0 || off > 1 + (step / 4) || off >= least) continue;
            (best, least) = (chain, off);
        }
        return best;
    }
}
