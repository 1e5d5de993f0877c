using System.Globalization;

namespace Vestige.Images.Sources;

/// <summary>A picture with transparency, before it is laid over anything.</summary>
/// <param name="Colour">Its colours, as if every pixel were opaque.</param>
/// <param name="Alpha">How opaque each pixel is, 0 to 255, in three equal channels; of the same size.</param>
public sealed record Layers(Picture Colour, Picture Alpha)
{
    /// <summary>Grey levels of <see cref="Over"/> as SSIMULACRA 2's authors take them: the eye sees over a dark and over a bright ground what one alone hides.</summary>
    internal const double Dark = 0.1, Bright = 0.9;

    private static readonly double[] s_linear = [.. Enumerable.Range(0, 256).Select(v => v / 255.0).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];

    /// <summary>Whether any pixel is not opaque.</summary>
    internal bool IsTransparent => Alpha.Rgb.AsSpan().ContainsAnyExcept((byte)255);

    /// <summary>A picture without transparency.</summary>
    internal static Layers Opaque(Picture picture)
    {
        byte[] alpha = new byte[picture.Rgb.Length];
        Array.Fill(alpha, (byte)255);
        return new Layers(picture, new Picture(picture.Width, picture.Height, alpha));
    }

    /// <summary>What another's transparency is beside this one's, in words.</summary>
    /// <param name="other">Its alpha, of the same size.</param>
    internal string Change(Picture other)
    {
        int most = 0;
        long changed = 0;
        for (int i = 0; i < other.Rgb.Length; i += 3)
        {
            int difference = Math.Abs(other.Rgb[i] - Alpha.Rgb[i]);
            most = Math.Max(most, difference);
            if (difference > 0) changed++;
        }
        return most == 0 ? "its transparency is the original's"
            : string.Create(CultureInfo.InvariantCulture, $"its transparency changed, in {100.0 * changed / other.Pixels:0.##} % of the pixels and by up to {most} of 255");
    }

    /// <summary>Lays it over an even ground.</summary>
    /// <param name="ground">Grey level in linear light, 0 to 1; light adds up there, as it does behind a real pane.</param>
    internal Picture Over(double ground)
    {
        byte[] rgb = new byte[Colour.Rgb.Length];
        for (int i = 0; i < rgb.Length; i++)
        {
            int alpha = Alpha.Rgb[i];
            // A pixel that hides all of the ground stays as it is, to the bit.
            rgb[i] = alpha == 255 ? Colour.Rgb[i] : Encode(((alpha * s_linear[Colour.Rgb[i]]) + ((255 - alpha) * ground)) / 255);
        }
        return new Picture(Colour.Width, Colour.Height, rgb);
    }

    private static byte Encode(double linear) =>
        (byte)Math.Round(255 * (linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055));
}
