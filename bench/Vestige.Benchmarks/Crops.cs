using System.Globalization;
using Vestige.Images;
using Vestige.Images.Exhibits;
using Vestige.Images.Sources;
using Vestige.Numerics;

namespace Vestige.Benchmarks;

/// <summary>Many images out of few, for bench/scale.sh: squares cut at random places, as PNG.</summary>
internal static class Crops
{
    internal static void Write(string from, string to, int count, int size)
    {
        PictureFolder source = PictureFolder.Open(from, PictureOptions.Default, null, default);
        var rng = Rng.For(1, "crops");
        Directory.CreateDirectory(to);
        for (int i = 0; i < count; i++)
        {
            Picture picture = source.Read(i % source.Documents.Count)[0];
            int left = rng.NextInt(picture.Width - size + 1), top = rng.NextInt(picture.Height - size + 1);
            byte[] rgb = new byte[3 * size * size];
            for (int y = 0; y < size; y++)
                picture.Rgb.AsSpan(3 * (((top + y) * picture.Width) + left), 3 * size).CopyTo(rgb.AsSpan(3 * y * size));
            File.WriteAllBytes(Path.Combine(to, i.ToString("d5", CultureInfo.InvariantCulture) + ".png"), PictureExhibitor.Png(new Picture(size, size, rgb)));
        }
    }
}
