using Vestige.Images.Imagining.Priors;

namespace Vestige.Images.Imagining;

/// <summary>A prior of pictures with what was computed of it for cells that were met. Safe to use from several threads.</summary>
internal sealed class PriorTables(PicturePrior prior)
{
    internal PicturePrior Prior => prior;

    internal CellTable.Set Luma { get; } = new(prior.Luma);

    internal CellTable.Set Chroma { get; } = new(prior.Chroma);

    internal CellTable.Set HalfChroma { get; } = new(prior.HalfChroma);
}
