namespace Vestige.Language;

/// <summary>Texts in the order of their bytes, each with how much it shares with the one before: a tree of prefixes, written down.</summary>
internal sealed class SortedTexts
{
    /// <param name="texts">In order, no two the same, none the start of another.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal SortedTexts(IReadOnlyList<ReadOnlyMemory<byte>> texts)
    {
        Texts = texts;
        Shared = new int[texts.Count];
        for (int i = 1; i < texts.Count; i++)
        {
            Shared[i] = texts[i].Span.CommonPrefixLength(texts[i - 1].Span);
            if (Shared[i] == texts[i].Length || Shared[i] == texts[i - 1].Length || texts[i].Span[Shared[i]] < texts[i - 1].Span[Shared[i]])
                throw new ArgumentException($"Text {i} is not after text {i - 1}, or one starts with the other.", nameof(texts));
        }
    }

    internal SortedTexts(IReadOnlyList<byte[]> texts)
        : this([.. texts.Select(text => (ReadOnlyMemory<byte>)text)])
    {
    }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Texts { get; }

    /// <summary>For each text, bytes at its start that are those of the text before; 0 for the first.</summary>
    internal int[] Shared { get; }

    internal int Count => Texts.Count;
}

/// <summary>A model that scores texts that go on from a prompt and share prefixes, each prefix read once.</summary>
internal interface IPromptedText : ITextModel
{
    /// <summary><c>log2 q(text)</c> of each text, given its first bytes.</summary>
    /// <param name="texts">The texts, with the prompt.</param>
    /// <param name="prompt">Bytes of each that are given.</param>
    /// <param name="negligible">A prefix that is less probable than this is not read further: its texts count as impossible.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>Negative infinity for the impossible; and the mass of the prefixes that were not read further.</returns>
    (double[] Log2, double LeftOut) Log2Probabilities(SortedTexts texts, int prompt, double negligible, IProgress<double>? progress, CancellationToken cancel);
}
