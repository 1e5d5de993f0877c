using Vestige.Images.Paired.Detail;

namespace Vestige.Images.Paired;

/// <summary>A map of detail lost (orange) and invented (blue) over the dimmed original; where both are much, it is white.</summary>
internal static class MapPicture
{
    /// <summary>Visible change a pixel at which a colour is at 63 % of its strength: the same in every map, so that maps compare.</summary>
    private const double Scale = 0.02;

    private const double Dimmed = 0.35;

    // Their sum is white, and they differ to all common kinds of colour vision.
    private static readonly double[] s_lost = [255, 130, 0], s_invented = [0, 125, 255];

    internal static Picture Of(Picture original, DetailMap map)
    {
        byte[] rgb = new byte[original.Rgb.Length];
        for (int y = 0, i = 0; y < original.Height; y++)
        {
            ReadOnlySpan<float> lost = map.Lost.Row(y / 2), invented = map.Invented.Row(y / 2);
            for (int x = 0; x < original.Width; x++, i += 3)
            {
                double grey = Dimmed * ((299 * original.Rgb[i]) + (587 * original.Rgb[i + 1]) + (114 * original.Rgb[i + 2])) / 1000;
                double a = 1 - Math.Exp(-lost[x / 2] / Scale), b = 1 - Math.Exp(-invented[x / 2] / Scale);
                for (int c = 0; c < 3; c++)
                    rgb[i + c] = (byte)Math.Min(255, (grey * (1 - Math.Max(a, b))) + (a * s_lost[c]) + (b * s_invented[c]) + 0.5);
            }
        }
        return new Picture(original.Width, original.Height, rgb);
    }
}
