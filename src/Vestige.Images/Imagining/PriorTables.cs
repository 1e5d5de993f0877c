using Vestige.Images.Imagining.Priors;

namespace Vestige.Images.Imagining;

/// <summary>A prior of pictures with what was computed of it for cells that were met. Safe to use from several threads.</summary>
internal sealed class PriorTables(PicturePrior prior)
{
    internal PicturePrior Prior => prior;

    /// <summary>Of luma, and of each plane of RGB.</summary>
    internal CellTable.Set Luma { get; } = new(prior.Luma);

    /// <summary>Of colour differences at full size.</summary>
    internal CellTable.Set Chroma { get; } = new(prior.Chroma);

    /// <summary>Of colour differences at half the size or less.</summary>
    internal CellTable.Set HalfChroma { get; } = new(prior.HalfChroma);
}
