namespace Vestige.Images.Views;

/// <summary>A pixel in the colours that the views look at: ITU-R BT.601, full range, without the offset of 128.</summary>
/// <param name="Luma">0 to 255.</param>
/// <param name="Cb">-127.5 to 127.5.</param>
/// <param name="Cr">-127.5 to 127.5.</param>
internal readonly record struct LumaChroma(float Luma, float Cb, float Cr)
{
    /// <summary>Weights of luma (ITU-R BT.601).</summary>
    internal const float Red = 0.299f, Green = 0.587f, Blue = 0.114f;

    /// <summary>Reads a pixel.</summary>
    /// <param name="item">The image.</param>
    /// <param name="pixel">Its number, row after row.</param>
    public static LumaChroma Of(Picture item, long pixel)
    {
        long at = 3 * pixel;
        float r = item.Rgb[at], g = item.Rgb[at + 1], b = item.Rgb[at + 2];
        float luma = (Red * r) + (Green * g) + (Blue * b);
        return new LumaChroma(luma, (b - luma) * (0.5f / (1 - Blue)), (r - luma) * (0.5f / (1 - Red)));
    }
}
