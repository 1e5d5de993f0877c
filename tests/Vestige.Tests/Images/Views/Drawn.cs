using Vestige.Images;
using Vestige.Numerics;

namespace Vestige.Tests.Images.Views;

/// <summary>Pictures for the tests of the views.</summary>
internal static class Drawn
{
    /// <summary>Grey, by a level for each pixel.</summary>
    public static Picture Grey(int width, int height, Func<int, int, double> level) =>
        Colour(width, height, (x, y, _) => level(x, y));

    /// <summary>By a level for each pixel and channel, rounded and clamped to a byte.</summary>
    public static Picture Colour(int width, int height, Func<int, int, int, double> level)
    {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)Math.Clamp(Math.Round(level(i / 3 % width, i / 3 / width, i % 3)), 0, 255);
        return new Picture(width, height, rgb);
    }

    /// <summary>Every channel of every pixel uniform, independent.</summary>
    public static Picture Noise(int width, int height, ulong seed)
    {
        var rng = new Rng(seed);
        return Colour(width, height, (_, _, _) => rng.NextInt(256));
    }
}
