using System.Security.Cryptography;
using Vestige.Images;

namespace Vestige.Tests.Images.Paired;

/// <summary>An image made by integer arithmetic only and six reconstructions of it, with values that other programs gave.</summary>
internal static class Golden
{
    internal const int Width = 256, Height = 192;

    internal static Picture Original { get; } = Make();

    /// <summary>Names of the reconstructions.</summary>
    internal static readonly string[] Names = ["same", "nn2", "nn4", "box3", "noise", "quant24"];

    internal static Picture Decoded(string name) => name switch
    {
        "same" => Original,
        "nn2" => Each((x, y, c) => At(x / 2 * 2, y / 2 * 2, c)),
        "nn4" => Each((x, y, c) => At(x / 4 * 4, y / 4 * 4, c)),
        "box3" => Each((x, y, c) => (Enumerable.Range(-1, 3).Sum(j => Enumerable.Range(-1, 3)
            .Sum(i => At(Math.Clamp(x + i, 0, Width - 1), Math.Clamp(y + j, 0, Height - 1), c))) + 4) / 9),
        "noise" => Noise(),
        "quant24" => Each((x, y, c) => (At(x, y, c) / 24 * 24) + 12),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    internal static string Sha256(Picture picture) => Convert.ToHexStringLower(SHA256.HashData(picture.Rgb));

    private static int At(int x, int y, int c) => Original.Rgb[(((y * Width) + x) * 3) + c];

    private static Picture Each(Func<int, int, int, int> sample)
    {
        byte[] rgb = new byte[Width * Height * 3];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)Math.Clamp(sample(i / 3 % Width, i / 3 / Width, i % 3), 0, 255);
        return new Picture(Width, Height, rgb);
    }

    private static IEnumerable<int> Draws(uint seed)
    {
        uint state = seed;
        while (true)
        {
            state = unchecked((1664525 * state) + 1013904223);
            yield return (int)(state >> 24);
        }
    }

    private static int Floor(int n, int d) => (int)Math.Floor((double)n / d);

    private static Picture Make()
    {
        int[] draws = [.. Draws(12345).Take(Width * Height)];
        return Each((x, y, c) =>
        {
            int n = draws[(y * Width) + x], g = x * 255 / (Width - 1), v = y * 255 / (Height - 1);
            int chk = ((x / 16) + (y / 16)) % 2 == 1 ? 48 : 0, line = (x + (2 * y)) % 37 < 2 ? 80 : 0;
            return c switch
            {
                0 => ((g + v) / 2) + chk + Floor(n - 128, 8),
                1 => (((3 * g) + v) / 4) + line + Floor(n - 128, 8),
                _ => 255 - v - (chk / 2) + Floor(n - 128, 16),
            };
        });
    }

    private static Picture Noise()
    {
        int[] draws = [.. Draws(777).Take(Width * Height)];
        return Each((x, y, c) => At(x, y, c) + Floor(draws[(y * Width) + x] - 128, 6));
    }
}
