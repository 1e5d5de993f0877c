using System.Text;
using Vestige.Pairs;
using Vestige.Results;

namespace Vestige.Language.Paired;

/// <summary>Each passage beside its reconstruction: words kept, lost and invented.</summary>
public sealed class TextPairing : IPairing<Passage>
{
    // Bytes of a passage that are shown.
    private const int MostBytes = 2048;

    /// <inheritdoc/>
    public IReadOnlyList<PairedMeasure> Measures { get; } =
    [
        new PairedMeasure("wordsKept", "share", true)
        {
            Label = "words kept", IsMain = true, IsCompared = true, What = "Of the original's words those that the reconstruction has too, in one order.",
        },
        new PairedMeasure("wordsLost", "share", false) { Label = "words lost", What = "Of the original's words those that it has not." },
        new PairedMeasure("wordsInvented", "share", false)
        {
            Label = "words invented", IsMain = true, IsCompared = true, What = "Of the reconstruction's words those that the original does not have there.",
        },
    ];

    /// <inheritdoc/>
    public bool ShowsText => true;

    /// <inheritdoc/>
    public IPairedSide<Passage> Prepare(Passage original) => new Side(original);

    /// <inheritdoc/>
    public (IReadOnlyList<TextSpan> Original, IReadOnlyList<TextSpan> Reconstruction)? ShowText(Passage original, Passage reconstruction)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(reconstruction);
        ReadOnlySpan<byte> before = original.Span[..Math.Min(MostBytes, original.Length)], after = reconstruction.Span[..Math.Min(MostBytes, reconstruction.Length)];
        var (left, right) = new WordAlignment(before, after).Align();
        return (Spans(before, left.Kept, left.Places, "lost"), Spans(after, right.Kept, right.Places, "invented"));
    }

    /// <summary>Runs of words that are in both, and of words that are not; what stands between two words belongs to both or to the one before.</summary>
    private static List<TextSpan> Spans(ReadOnlySpan<byte> text, bool[] kept, IReadOnlyList<(int Start, int End)> places, string other)
    {
        List<TextSpan> spans = [];
        int at = 0;
        for (int i = 0, end; i < kept.Length; i = end)
        {
            for (end = i + 1; end < kept.Length && kept[end] == kept[i]; end++) { }
            if (kept[i]) continue;
            Add(text[at..places[i].Start], "plain");
            Add(text[places[i].Start..places[end - 1].End], other);
            at = places[end - 1].End;
        }
        Add(text[at..], "plain");
        return spans;

        void Add(ReadOnlySpan<byte> part, string kind)
        {
            if (part.Length > 0) spans.Add(new TextSpan(Encoding.UTF8.GetString(part), kind, null));
        }
    }

    private sealed class Side(Passage original) : IPairedSide<Passage>
    {
        public double[] Compare(Passage reconstruction)
        {
            var words = new WordAlignment(original.Span, reconstruction.Span);
            int common = words.Common();
            // Where there is no word none is lost.
            double kept = words.Original == 0 ? 1 : (double)common / words.Original;
            return [kept, 1 - kept, words.Reconstruction == 0 ? 0 : 1 - ((double)common / words.Reconstruction)];
        }

        public (string Caption, IReadOnlyList<(string Label, byte[] File)> Files) Show(Passage reconstruction) => ("", []);
    }
}
