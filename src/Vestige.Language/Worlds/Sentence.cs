namespace Vestige.Language.Worlds;

/// <summary>A sentence of a world: what stands up to and with the first line feed.</summary>
internal static class Sentence
{
    internal const byte End = (byte)'\n';

    /// <summary>What stands before a sentence: the end of another.</summary>
    internal static ReadOnlyMemory<byte> Prompt { get; } = new([End]);

    /// <summary>The sentence that a text begins with; all of it where it does not end.</summary>
    internal static Passage Cut(Passage text)
    {
        int end = text.Span.IndexOf(End);
        return end < 0 || end == text.Length - 1 ? text : new Passage(text.Bytes[..(end + 1)], text.Document, text.Offset);
    }

    /// <summary>The prompt and a sentence.</summary>
    internal static ReadOnlyMemory<byte> Prompted(ReadOnlyMemory<byte> sentence) => new([.. Prompt.Span, .. sentence.Span]);
}
