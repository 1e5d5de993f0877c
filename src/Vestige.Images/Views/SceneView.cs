using Vestige.Views;

namespace Vestige.Images.Views;

/// <summary>The view <c>scene</c>: one point for a whole image, by its brightness, colours, coarse layout and how its detail is spread
/// (<see cref="SceneFeatures"/>).</summary>
/// <remarks>It sees what patches cannot: that images of a kind never come. Of how an image was coded the view <c>texture</c> tells more.</remarks>
internal sealed class SceneView : IPointView<Picture>
{
    /// <inheritdoc/>
    public string Name => "scene";

    /// <inheritdoc/>
    public string Description => "12 features of whole images: brightness, colours, coarse layout, contrast; mean and spread of detail";

    /// <inheritdoc/>
    public string Element => "scene";

    /// <inheritdoc/>
    public int Dimensions => SceneFeatures.Count;

    /// <inheritdoc/>
    public bool IsScaled => true;

    /// <inheritdoc/>
    public void Points(Picture item, List<float> into)
    {
        Span<float> features = stackalloc float[SceneFeatures.Count];
        SceneFeatures.Compute(item, features);
        into.AddRange(features);
    }
}
