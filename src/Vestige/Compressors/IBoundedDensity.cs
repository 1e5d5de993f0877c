namespace Vestige.Compressors;

/// <summary>A distribution of which it is told only between what bounds the probability of an item lies.</summary>
public interface IBoundedDensity<TItem> : ICompressed<TItem>
{
    /// <summary>Items of a sample that may be asked about: it is dear.</summary>
    int MostItems { get; }

    /// <summary>Why there are but bounds, for people: "the server tells the 5 most probable tokens alone".</summary>
    string WhyBounded { get; }

    /// <summary>Bounds of <c>log2 q(item)</c>, at most 0; the lower one may be negative infinity.</summary>
    (double Low, double High) Log2Bounds(TItem item);
}
