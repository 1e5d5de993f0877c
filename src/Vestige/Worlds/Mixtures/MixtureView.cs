using Vestige.Views;

namespace Vestige.Worlds.Mixtures;

/// <summary>The continuous view of a mixture: an item is its own point.</summary>
/// <param name="dimensions">Coordinates of a point.</param>
internal sealed class MixtureView(int dimensions) : IPointView<float[]>
{
    /// <inheritdoc/>
    public string Name => "point";

    /// <inheritdoc/>
    public string Description => "the point itself";

    /// <inheritdoc/>
    public string Element => "point";

    /// <inheritdoc/>
    public int Dimensions => dimensions;

    /// <inheritdoc/>
    public void Points(float[] item, List<float> into) => into.AddRange(item);
}
