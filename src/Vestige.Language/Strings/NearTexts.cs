using System.Runtime.InteropServices;
using Vestige.Compressors;
using Vestige.Copies;
using Vestige.Language.Views;
using Vestige.Sources;

namespace Vestige.Language.Strings;

/// <summary>Near-copies of text: words in the same order, whatever their case, quotes and line ends, and with some of them changed.</summary>
/// <remarks>
/// Runs of <see cref="RunWords"/> words that two texts share are strung together where they follow each other in both (as seeds are chained in the
/// alignment of sequences). What counts begins at <see cref="LeastWords"/> words, the length from which on language models' training
/// sets are searched for test data (Brown et al. 2020), of which half and <see cref="LeastCovered"/> at least are in shared runs.
/// </remarks>
public sealed class NearTexts : INearCopies<Passage>
{
    /// <summary>Words of a run: with one character in 45 changed every second word run of this length is still whole.</summary>
    internal const int RunWords = 4;

    /// <summary>Words that a near-copy has at least.</summary>
    internal const int LeastWords = 13;

    /// <summary>Words of it that stand in shared runs at least.</summary>
    internal const int LeastCovered = 10;

    // A text is read for its words in parts of this many bytes: the words of a large one would take many times its memory.
    private const int PartBytes = 1 << 22;

    private const long LongestText = 1 << 27;

    /// <inheritdoc/>
    public string How => $"runs of {RunWords} words, in any case and between any marks, that follow each other over {LeastWords} words or more";

    /// <inheritdoc/>
    public INearIndex<Passage> Index(IReadOnlyList<Entry<Passage>> documents, int threads, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return Index(documents, new RunTable(), progress, cancel);
    }

    internal static INearIndex<Passage> Index(IReadOnlyList<Entry<Passage>> documents, RunTable table, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        List<(string Document, long Offset)> texts = [];
        long all = documents.Sum(entry => entry.Info.Bytes), done = 0;
        foreach (DocumentText text in DocumentText.Joined(documents, LongestText))
        {
            cancel.ThrowIfCancellationRequested();
            int number = texts.Count;
            foreach ((int word, int start, ulong hash) in Runs(text.Bytes)) table.Add(hash, number, word, start);
            texts.Add((text.Document, text.Offset));
            done += text.Bytes.Length;
            progress?.Report(new WorkProgress("indexing runs of words", all == 0 ? 0 : Math.Min(1, (double)done / all)));
        }
        return new NearTextIndex(table, texts);
    }

    /// <summary>The runs of a text: number of the first word, its first byte, and a hash.</summary>
    private static IEnumerable<(int Word, int Start, ulong Hash)> Runs(ReadOnlyMemory<byte> text)
    {
        List<ulong> words = [];
        List<(int Start, int End)> places = [];
        int before = 0;
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = EndOfPart(text.Span, start);
            words.Clear();
            places.Clear();
            Words.Read(text.Span[start..end], words, places, whole: true);
            for (int i = 0; i + RunWords <= words.Count; i++)
                if (HashOf(words, i) is var hash && hash != 0) yield return (before + i, start + places[i].Start, hash);
            before += words.Count;
        }
    }

    /// <summary>A hash of the run that begins at a word; 0 where it says one word over and over.</summary>
    internal static ulong HashOf(List<ulong> words, int first)
    {
        ReadOnlySpan<ulong> run = CollectionsMarshal.AsSpan(words).Slice(first, RunWords);
        return run.ContainsAnyExcept(run[0]) ? GramHash.Of(run) : 0;
    }

    // Parts end at a space or a line end, else anywhere.
    private static int EndOfPart(ReadOnlySpan<byte> text, int start)
    {
        if (text.Length - start <= PartBytes) return text.Length;
        int last = text.Slice(start, PartBytes).LastIndexOfAny((byte)' ', (byte)'\n');
        return last < PartBytes / 2 ? start + PartBytes : start + last + 1;
    }
}
