using Vestige.Compressors;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>What is audited under one name: a compressor, and what it made of T. Every pass takes it as it is and adds nothing to it.</summary>
/// <param name="compressor">The compressor.</param>
/// <param name="kind">What it is in the audit.</param>
/// <param name="compressed">What it made of T.</param>
internal sealed class AuditedRow<TItem>(ICompressor<TItem> compressor, RowKind kind, ICompressed<TItem> compressed)
{
    internal ICompressor<TItem> Compressor => compressor;

    internal RowKind Kind => kind;

    internal ICompressed<TItem> Compressed => compressed;

    internal string Name => compressor.Name;

    /// <summary>True for the rows the user named.</summary>
    internal bool Named => kind == RowKind.Named;

    /// <summary>What codes its items: <see cref="Compressed"/>, or the same with a memory; null for what is no codec.</summary>
    internal ICodec<TItem>? Codec { get; init; }

    /// <summary>Documents that it brought along: drawn from q by somebody else.</summary>
    internal IReadOnlyList<Entry<TItem>> Elsewhere { get; init; } = [];

    /// <summary>Whether its reconstructions are compared with their originals: those of the codecs that the user named.</summary>
    internal bool IsPaired => Named && Codec is not null;
}
