using Vestige.Views;

namespace Vestige.Images.Views;

/// <summary>The view <c>texture</c>: what patches of 32 x 32 pixels look like, as 28 real features each.</summary>
/// <remarks>An image gives about 24 patches whatever its size, at most 32, fewer where it has no room for them, at least one: an image
/// narrower or lower than a patch is continued by reflection at its edges. Positions depend on its size alone and features on the
/// pixels there, so that a copy has the same points.</remarks>
internal sealed class TextureView : IPointView<Picture>
{
    /// <inheritdoc/>
    public string Name => "texture";

    /// <inheritdoc/>
    public string Description => "28 features of 32x32 patches: mean colour; energy, kurtosis and orientation of detail at several scales";

    /// <inheritdoc/>
    public string Element => "texture";

    /// <inheritdoc/>
    public int Dimensions => PatchFeatures.Count;

    /// <inheritdoc/>
    public void Points(Picture item, List<float> into) => Patches(item, into);

    // Two views look at the patches of an image, one after the other: of the last image of a thread they are not computed again.
    [ThreadStatic]
    private static (WeakReference<Picture> Of, float[] Patches)? s_last;

    /// <summary>Appends the features of the image's patches, <see cref="PatchFeatures.Count"/> each.</summary>
    internal static void Patches(Picture item, List<float> into)
    {
        if (s_last is not { } last || !last.Of.TryGetTarget(out Picture? known) || !ReferenceEquals(known, item))
        {
            List<float> found = [];
            Compute(item, found);
            s_last = last = (new WeakReference<Picture>(item), [.. found]);
        }
        into.AddRange(last.Patches);
    }

    private static void Compute(Picture item, List<float> into)
    {
        Span<float> features = stackalloc float[PatchFeatures.Count];
        float[] planes = new float[3 * PatchFeatures.Area];
        foreach ((int x, int y) in PatchGrid.Corners(item.Width, item.Height, PatchFeatures.Size))
        {
            Load(item, x, y, planes);
            PatchFeatures.Compute(
                planes.AsSpan(0, PatchFeatures.Area),
                planes.AsSpan(PatchFeatures.Area, PatchFeatures.Area),
                planes.AsSpan(2 * PatchFeatures.Area),
                features);
            into.AddRange(features);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The patch, 32 x 32 pixels.</remarks>
    public Picture Part(Picture item, int point)
    {
        const int size = PatchFeatures.Size;
        (int x0, int y0) = PatchGrid.Corners(item.Width, item.Height, size)[point];
        byte[] rgb = new byte[3 * PatchFeatures.Area];
        for (int y = 0; y < size; y++)
        {
            long row = (long)Reflect(y0 + y, item.Height) * item.Width;
            for (int x = 0; x < size; x++)
                Array.Copy(item.Rgb, 3 * (row + Reflect(x0 + x, item.Width)), rgb, 3 * ((y * size) + x), 3);
        }
        return new Picture(size, size, rgb);
    }

    /// <summary><see cref="LumaChroma"/> of the patch whose top left corner is (x0,
    /// y0).</summary>
    /// <param name="item">The image.</param>
    /// <param name="x0">Column of the corner.</param>
    /// <param name="y0">Row of the corner.</param>
    /// <param name="planes">(3, Size, Size) out.</param>
    private static void Load(Picture item, int x0, int y0, float[] planes)
    {
        const int size = PatchFeatures.Size;
        for (int y = 0; y < size; y++)
        {
            long row = (long)Reflect(y0 + y, item.Height) * item.Width;
            for (int x = 0; x < size; x++)
            {
                LumaChroma pixel = LumaChroma.Of(item, row + Reflect(x0 + x, item.Width));
                int at = (y * size) + x;
                planes[at] = pixel.Luma;
                planes[PatchFeatures.Area + at] = pixel.Cb;
                planes[(2 * PatchFeatures.Area) + at] = pixel.Cr;
            }
        }
    }

    /// <summary>Brings an index into 0 .. <paramref name="length"/> - 1 by mirrors at the edges, which repeat the edge itself.</summary>
    private static int Reflect(int index, int length)
    {
        if (index < length) return index;
        int folded = index % (2 * length);
        return folded < length ? folded : (2 * length) - 1 - folded;
    }
}
