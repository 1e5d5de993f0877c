namespace Vestige.Compressors;

/// <summary>What a compressor that could make nothing of T leaves: a row without figures that says why.</summary>
/// <param name="why">In words.</param>
internal sealed class Unfit<TItem>(string why) : ICompressed<TItem>
{
    /// <summary>Why, in words.</summary>
    internal string Why => why;

    /// <summary>There is nothing to store.</summary>
    public long? DescriptionBytes => null;
}
