using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vestige.Language.Transformer.Training;

/// <summary>A training text in memory.</summary>
internal sealed class TrainingText(IReadOnlyList<ReadOnlyMemory<byte>> documents) : ITrainingText
{
    private readonly UInt128[] _content = [.. documents.Select(document => Hash(document.Span))];

    public int Count => documents.Count;

    public int Length(int document) => documents[document].Length;

    public UInt128 Content(int document) => _content[document];

    public void Copy(int document, int start, Span<byte> destination) => documents[document].Span.Slice(start, destination.Length).CopyTo(destination);

    private static UInt128 Hash(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes));
}
