using Vestige.Sources;

namespace Vestige.Compressors;

/// <summary>The look-up table: stores T and gives it back. It can only regurgitate.</summary>
/// <remarks>A codec that changes nothing: G is then T itself, and its bits are those of the items stored without loss.</remarks>
/// <param name="storedBytes">Bytes of an item in the best lossless code at hand.</param>
/// <param name="clock">Seconds since some moment, for how long that takes; null where nobody asks.</param>
public sealed class Parrot<TItem>(Func<TItem, long> storedBytes, Func<double>? clock = null) : ICompressor<TItem>, ICodec<TItem>
{
    /// <inheritdoc/>
    public string Name => "parrot";

    /// <inheritdoc/>
    public long? DescriptionBytes => null;

    /// <inheritdoc/>
    public ICompressed<TItem> Compress(Training<TItem> training, IProgress<WorkProgress>? progress, CancellationToken cancel) => this;

    /// <inheritdoc/>
    public Coded<TItem> Code(TItem item)
    {
        double start = clock?.Invoke() ?? 0;
        long bytes = storedBytes(item);
        return new Coded<TItem>(bytes, item, (clock?.Invoke() ?? 0) - start, 0);
    }
}

/// <summary>Documents that somebody else drew: the yardstick's fresh real ones, or what a generator wrote into a folder.</summary>
/// <param name="name">The row's name.</param>
/// <param name="documents">What stands for a sample of q.</param>
public sealed class Stored<TItem>(string name, IReadOnlyList<Entry<TItem>> documents) : ICompressor<TItem>, IStored<TItem>
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public long? DescriptionBytes => null;

    /// <inheritdoc/>
    public IReadOnlyList<Entry<TItem>> Documents => documents;

    /// <inheritdoc/>
    public ICompressed<TItem> Compress(Training<TItem> training, IProgress<WorkProgress>? progress, CancellationToken cancel) => this;
}
