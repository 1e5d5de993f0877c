namespace Vestige.Language.Transformer.Training;

/// <summary>The training text as the trainer sees it: documents of bytes, in a stable order. Read from one thread.</summary>
internal interface ITrainingText
{
    /// <summary>Number of documents.</summary>
    int Count { get; }

    /// <summary>Bytes of a document.</summary>
    int Length(int document);

    /// <summary>A hash of a document's content. The model keeps it, so that an audit can tell what it was trained on.</summary>
    UInt128 Content(int document);

    /// <summary>Copies bytes <paramref name="start"/> .. of a document.</summary>
    void Copy(int document, int start, Span<byte> destination);
}
