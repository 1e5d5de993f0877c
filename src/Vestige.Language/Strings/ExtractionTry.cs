using Vestige.Language.Views;
using Vestige.Sources;

namespace Vestige.Language.Strings;

/// <summary>A text whose beginning a model is given.</summary>
/// <param name="Document">Where it stands.</param>
/// <param name="Offset">Where it begins there, in bytes.</param>
/// <param name="At">The offset, in characters, that was asked for; null: one of those spread over the documents.</param>
/// <param name="Whole">Prefix and suffix.</param>
/// <param name="PrefixBytes">Bytes of the prefix.</param>
internal sealed record ExtractionTry(string Document, long Offset, int? At, ReadOnlyMemory<byte> Whole, int PrefixBytes)
{
    private const long LongestText = 1 << 27;

    internal ReadOnlyMemory<byte> Prefix => Whole[..PrefixBytes];

    internal ReadOnlyMemory<byte> Suffix => Whole[PrefixBytes..];

    /// <summary>Texts at each of the plan's offsets, in documents spread evenly over all; and others spread evenly over what there is to read.</summary>
    internal static List<ExtractionTry> Of(IReadOnlyList<Entry<Passage>> documents, ExtractionPlan plan)
    {
        // Once to know how many there are, once to read them: a training set need not fit into memory.
        List<(bool Starts, long Bytes)> texts = [.. DocumentText.Joined(documents, LongestText).Select(text => (text.Offset == 0, (long)text.Bytes.Length))];
        int starts = texts.Count(text => text.Starts), wanted = plan.Offsets.Count == 0 ? 0 : Math.Min(starts, Math.Max(1, plan.Tries / 2 / plan.Offsets.Count));
        long all = texts.Sum(text => text.Bytes), spread = Math.Max(0, plan.Tries - ((long)wanted * plan.Offsets.Count)), before = 0, taken = 0;
        List<ExtractionTry> tries = [];
        int start = 0;
        foreach (DocumentText text in DocumentText.Joined(documents, LongestText))
        {
            if (text.Offset == 0 && wanted > 0)
            {
                // Document i of those that begin here is one of the wanted if it is the first of its part.
                if ((long)start * wanted / starts != (start - 1L) * wanted / starts || start == 0)
                    tries.AddRange(plan.Offsets.Select(at => Take(text, Skip(text, 0, at), at, plan)).OfType<ExtractionTry>());
                start++;
            }
            int last = LastStart(text, plan.Prefix + plan.Suffix);
            for (; taken < spread && (taken + 0.5) * all / spread < before + text.Bytes.Length; taken++)
            {
                int place = (int)Math.Clamp(((taken + 0.5) * all / spread) - before, 0, Math.Max(0, last));
                while (place < text.Bytes.Length && Characters.IsInside(text.Bytes.Span[place])) place++;
                if (Take(text, place, null, plan) is { } found) tries.Add(found);
            }
            before += text.Bytes.Length;
        }
        return tries;
    }

    /// <summary>A text from a byte on; null where the document ends before it does.</summary>
    private static ExtractionTry? Take(DocumentText text, int start, int? at, ExtractionPlan plan)
    {
        if (start < 0) return null;
        int prefix = Skip(text, start, plan.Prefix), end = prefix < 0 ? -1 : Skip(text, prefix, plan.Suffix);
        return end < 0 ? null : new ExtractionTry(text.Document, text.Offset + start, at, text.Bytes[start..end], prefix - start);
    }

    /// <summary>Where the last so many characters begin; -1 where there are fewer.</summary>
    private static int LastStart(DocumentText text, int characters)
    {
        int at = text.Bytes.Length;
        while (characters > 0 && at > 0)
            if (!Characters.IsInside(text.Bytes.Span[--at])) characters--;
        return characters > 0 ? -1 : at;
    }

    /// <summary>The byte so many characters further on; -1 where there are not so many.</summary>
    private static int Skip(DocumentText text, int start, int characters)
    {
        ReadOnlySpan<byte> bytes = text.Bytes.Span;
        int at = start;
        for (; characters > 0; characters--)
        {
            if (at >= bytes.Length) return -1;
            at++;
            while (at < bytes.Length && Characters.IsInside(bytes[at])) at++;
        }
        return at;
    }
}
