using Vestige.Images;
using Vestige.Images.Interop;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Paired;

/// <summary>Pages of text, and the same pages with one digit turned into another: what a scanner of 2013 did (Kriesel, JBIG2).</summary>
/// <remarks>Glyphs are drawn by libvips with the fonts of the machine; a font that is missing is drawn as another.</remarks>
internal static class TextPages
{
    internal const int Width = 640, Height = 448;

    private const int Margin = 24;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz", Digits = "0123456789";

    /// <summary>A page as it is scanned, and as it is substituted: every pixel outside the one glyph is the same.</summary>
    /// <param name="font">A family: "DejaVu Sans".</param>
    /// <param name="points">Size at 100 dots an inch.</param>
    /// <param name="noise">Standard deviation of the scanner's noise, grey levels.</param>
    /// <param name="seed">Of the words, the noise, and the digit.</param>
    internal static (Picture Page, Picture Substituted, int X, int Y) Make(string font, int points, double noise, ulong seed)
    {
        Dictionary<char, (byte[] Ink, int Width, int Height)> glyphs = Glyphs(font, points);
        var rng = new Rng(Rng.Mix(Rng.Mix(seed, font), (ulong)points));
        int line = glyphs.Values.Max(g => g.Height), digit = Digits.Max(d => glyphs[d].Width), pitch = line * 3 / 2;
        double[] page = new double[Width * Height];
        Array.Fill(page, 235.0);
        var digits = new List<(int X, int Y, char Digit)>();
        for (int y = Margin; y + line < Height - Margin; y += pitch)
            for (int x = Margin; ;)
            {
                bool number = rng.NextDouble() < 0.4;
                int length = 2 + (int)(rng.NextDouble() * 6);
                int width = Enumerable.Range(0, length).Sum(_ => digit + 2);
                if (x + width >= Width - Margin) break;
                for (int i = 0; i < length; i++)
                {
                    char c = number ? Digits[(int)(rng.NextDouble() * 10)] : Letters[(int)(rng.NextDouble() * 26)];
                    // Digits stand in cells of one width, as they do in tables.
                    int cell = number ? digit : glyphs[c].Width;
                    if (number) digits.Add((x, y, c));
                    else if (x + cell >= Width - Margin) break;
                    Draw(page, glyphs[c], x + ((cell - glyphs[c].Width) / 2), y + line - glyphs[c].Height);
                    x += cell + Math.Max(1, points / 8);
                }
                x += digit;
            }
        double[] substituted = [.. page];
        (int atX, int atY, char was) = digits[(int)(rng.NextDouble() * digits.Count)];
        char now = Other(was, rng);
        for (int y = 0; y < line; y++)
            for (int x = 0; x < digit; x++) substituted[((atY + y) * Width) + atX + x] = 235;
        Draw(substituted, glyphs[now], atX + ((digit - glyphs[now].Width) / 2), atY + line - glyphs[now].Height);
        double[] grain = [.. Enumerable.Range(0, page.Length).Select(_ => noise * rng.NextNormal())];
        return (Scan(page, grain), Scan(substituted, grain), atX, atY);
    }

    /// <summary>The digits that are mistaken for each other, as a matcher of shapes does it.</summary>
    private static char Other(char digit, Rng rng)
    {
        string alike = digit switch { '0' => "68", '1' => "7", '2' => "7", '3' => "8", '4' => "9", '5' => "6", '6' => "8", '7' => "1", '8' => "639", _ => "8" };
        return alike[(int)(rng.NextDouble() * alike.Length)];
    }

    private static Picture Scan(double[] page, double[] grain)
    {
        byte[] rgb = new byte[3 * page.Length];
        for (int i = 0; i < page.Length; i++) rgb[3 * i] = rgb[(3 * i) + 1] = rgb[(3 * i) + 2] = (byte)Math.Clamp(page[i] + grain[i] + 0.5, 0, 255);
        return new Picture(Width, Height, rgb);
    }

    private static void Draw(double[] page, (byte[] Ink, int Width, int Height) glyph, int left, int top)
    {
        for (int y = 0; y < glyph.Height; y++)
            for (int x = 0; x < glyph.Width; x++)
            {
                ref double pixel = ref page[((top + y) * Width) + left + x];
                pixel -= (pixel - 25) * glyph.Ink[(y * glyph.Width) + x] / 255;
            }
    }

    private static Dictionary<char, (byte[], int, int)> Glyphs(string font, int points) =>
        (Letters + Digits).ToDictionary(c => c, c => Vips.Run([], () =>
        {
            using VipsImage image = new VipsOperation("text").Set("text", c.ToString()).Set("font", $"{font} {points}").Set("dpi", 100).BuildImage();
            byte[] ink = new byte[image.Width * image.Height];
            int width = image.Width, height = image.Height;
            image.Read((top, count, samples) => samples.CopyTo(ink.AsSpan(top * width)));
            return (ink, width, height);
        }));
}
