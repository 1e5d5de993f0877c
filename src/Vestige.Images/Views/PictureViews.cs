using Vestige.Views;

namespace Vestige.Images.Views;

/// <summary>The registry of views of images; the first is the headline.</summary>
public static class PictureViews
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IView<Picture>> All { get; } = [new TextureView(), new SceneView(), new BlocksView()];
}
