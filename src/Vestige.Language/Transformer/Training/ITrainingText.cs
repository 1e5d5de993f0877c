namespace Vestige.Language.Transformer.Training;

/// <summary>The training text as the trainer sees it: documents of bytes, in a stable order. Read from one thread.</summary>
internal interface ITrainingText
{
    /// <summary>Number of documents.</summary>
    int Count { get; }

    /// <summary>Bytes of a document.</summary>
    int Length(int document);

    /// <summary>Hashes of what the text was made from. The model keeps them, so that an audit can tell what it was trained on.</summary>
    IReadOnlyList<UInt128> Contents { get; }

    /// <summary>Copies bytes <paramref name="start"/> .. of a document.</summary>
    void Copy(int document, int start, Span<byte> destination);
}
