using Vestige.Language.Sources.Records;

namespace Vestige.Language.Transformer.Training;

/// <summary>A training text in memory.</summary>
/// <param name="documents">Its documents.</param>
/// <param name="contents">Hashes of what they were made from; null: of the documents themselves.</param>
internal sealed class TrainingText(IReadOnlyList<ReadOnlyMemory<byte>> documents, IReadOnlyList<UInt128>? contents = null) : ITrainingText
{
    public IReadOnlyList<UInt128> Contents { get; } = contents ?? [.. documents.Select(document => ContentHash.Of(document.Span))];

    public int Count => documents.Count;

    public int Length(int document) => documents[document].Length;

    public void Copy(int document, int start, Span<byte> destination) => documents[document].Span.Slice(start, destination.Length).CopyTo(destination);
}
