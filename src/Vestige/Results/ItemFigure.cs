namespace Vestige.Results;

/// <summary>What one compressor did to one document: the figures that stand in items.csv, too many for the result.</summary>
/// <param name="Document">Name of the document.</param>
/// <param name="Sample">"T", "H", "A" or "B" for the sample it was dealt into, "G" where a generator made it; "-" where it is in none and counts for rates only.</param>
/// <param name="Row">The compressor.</param>
/// <param name="Size">Size in size units; null where the document could not be read.</param>
/// <param name="Bytes">Bytes when coded; null where it could not be.</param>
/// <param name="Why">Why there are no bytes.</param>
public sealed record ItemFigure(string Document, string Sample, string Row, long? Size, long? Bytes, string? Why)
{
    /// <summary>Coded bits a size unit.</summary>
    public double? BitsPerUnit => 8.0 * Bytes / Size;

    /// <summary>Bits that a model needs for what was scored of it, of which <see cref="Size"/> is then the size; null where nothing was, and where they are infinite.</summary>
    public double? CodeLength { get; init; }

    /// <summary>By how many bits that is less than the model needs for as much of H: what it has of this document by heart, but for the chance of one document.</summary>
    public double? BitsMemorized { get; init; }

    /// <summary>What it is a near-copy of, for an item that a generator made; null where it is none.</summary>
    public NearCopy? NearCopy { get; init; }

    /// <summary>What was measured of its reconstruction beside it, by name as in <see cref="PairedReport"/>; without what is infinite or was not measured.</summary>
    public IReadOnlyDictionary<string, double> Paired { get; init; } = new Dictionary<string, double>();
}
