using Vestige.Numerics;

namespace Vestige.Language;

/// <summary>Nonsense made of a passage: its words in random order.</summary>
public static class ShuffledWords
{
    /// <summary>The passage with its words exchanged; what stands between words, and how long the passage is, stay.</summary>
    /// <remarks>A word is a run of bytes without white space (ASCII); a text without any is cut after every third character, so that languages that
    /// write none are shuffled too.</remarks>
    public static Passage Of(Passage passage, ref Rng rng)
    {
        ArgumentNullException.ThrowIfNull(passage);
        ReadOnlySpan<byte> text = passage.Span;
        List<Range> words = Words(text);
        if (words.Count < 3) words = Runs(text);
        int[] order = [.. Enumerable.Range(0, words.Count)];
        rng.Shuffle<int>(order);
        byte[] shuffled = new byte[text.Length];
        int read = 0, written = 0;
        for (int i = 0; i < words.Count; i++)
        {
            Copy(text[read..words[i].Start.Value]);
            Copy(text[words[order[i]]]);
            read = words[i].End.Value;
        }
        Copy(text[read..]);
        return new Passage(shuffled, passage.Document, passage.Offset);

        void Copy(ReadOnlySpan<byte> part)
        {
            part.CopyTo(shuffled.AsSpan(written));
            written += part.Length;
        }
    }

    private static List<Range> Words(ReadOnlySpan<byte> text)
    {
        var words = new List<Range>();
        for (int start = 0; start < text.Length;)
        {
            int end = start;
            while (end < text.Length && !IsSpace(text[end])) end++;
            if (end > start) words.Add(start..end);
            start = end + 1;
        }
        return words;
    }

    /// <summary>Runs of three characters of UTF-8.</summary>
    private static List<Range> Runs(ReadOnlySpan<byte> text)
    {
        var runs = new List<Range>();
        int start = 0, characters = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool begins = (text[i] & 0xC0) != 0x80;
            if (begins && characters == 3)
            {
                runs.Add(start..i);
                (start, characters) = (i, 0);
            }
            if (begins) characters++;
        }
        if (start < text.Length) runs.Add(start..text.Length);
        return runs;
    }

    private static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r' or (byte)'\f' or (byte)'\v';
}
