using Vestige.Numerics;

namespace Vestige.Language.Transformer.Training;

/// <summary>Bytes <paramref name="Start"/> .. <paramref name="Start"/> + <paramref name="Length"/> - 1 of a document.</summary>
internal readonly record struct TextSlice(int Document, int Start, int Length);

/// <summary>The training text cut in two: what is learnt from, and a slice to validate on.</summary>
/// <param name="Learned">What is learnt from.</param>
/// <param name="Validation">What is not; empty where nothing is to be validated.</param>
internal sealed record TextSplit(IReadOnlyList<TextSlice> Learned, IReadOnlyList<TextSlice> Validation)
{
    // A twentieth of the text, but no more than can be scored in a second or two: 32 KB tell a change of 0.02 bits per byte.
    private const double Share = 0.05;

    private const int MaxValidation = 32 << 10;

    // So many documents at least give a part, if there are as many.
    private const int Sources = 8;

    /// <summary>Cuts <paramref name="text"/>: the ends of documents, drawn by <paramref name="seed"/>, go to validation; short ones go whole.</summary>
    internal static TextSplit Of(ITrainingText text, bool validate, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, text.Count).Where(document => text.Length(document) > 0)];
        int[] kept = [.. Enumerable.Range(0, text.Count).Select(text.Length)];
        List<TextSlice> validation = [];
        if (validate && order.Length > 0)
        {
            int wanted = (int)Math.Min(MaxValidation, Share * kept.Sum(length => (long)length));
            int each = Math.Max(1, wanted / Math.Min(Sources, order.Length));
            Rng.For(seed, "validation").Shuffle<int>(order);
            foreach (int document in order)
            {
                if (wanted <= 0) break;
                int length = Math.Min(Math.Min(each, wanted), text.Length(document));
                kept[document] -= length;
                wanted -= length;
                validation.Add(new TextSlice(document, kept[document], length));
            }
        }

        return new TextSplit([.. kept.Select((length, document) => new TextSlice(document, 0, length)).Where(slice => slice.Length > 0)], validation);
    }
}
