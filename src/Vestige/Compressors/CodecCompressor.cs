namespace Vestige.Compressors;

/// <summary>A codec as a compressor: it needs no training.</summary>
/// <param name="name">The canonical specification.</param>
/// <param name="codec">What <see cref="Compress"/> returns.</param>
public sealed class CodecCompressor<TItem>(string name, ICodec<TItem> codec) : ICompressor<TItem>
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public ICompressed<TItem> Compress(Training<TItem> training, IProgress<WorkProgress>? progress, CancellationToken cancel) => codec;
}
