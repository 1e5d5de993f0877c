using Vestige.Images;
using Vestige.Images.Imagining;
using Vestige.Images.Imagining.Priors;
using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Tests.Images.Imagining;

/// <summary>Pictures that are made as they are asked for: skies, textures of two strengths and directions, and edges between them.</summary>
internal sealed class Gallery(int count, int side = 160) : ISource<Picture>
{
    private static readonly Lazy<PriorTables> s_tables = new(() => new PriorTables(PicturePrior.Learn(new Gallery(12).Entries, null, default)));

    /// <summary>A prior learned from a gallery.</summary>
    internal static PriorTables Tables => s_tables.Value;

    public string Name => "gallery";

    public Medium Medium { get; } = new("image", "images", "pixel", 24);

    public IReadOnlyList<Document> Documents { get; } = [.. Enumerable.Range(0, count).Select(i => new Document($"{i}", 1, 0, 0))];

    internal IReadOnlyList<Entry<Picture>> Entries => [.. Enumerable.Range(0, count).Select(i => new Entry<Picture>(this, i))];

    public IReadOnlyList<Picture> Read(int document) => [Paint(side, side, (ulong)document + 1)];

    public long SizeOf(Picture item) => item.Pixels;

    /// <summary>One picture: its left a sky, its right a texture, with a slanted edge between.</summary>
    internal static Picture Paint(int width, int height, ulong seed)
    {
        var random = new Rng(seed);
        double strength = 4 + (14 * random.NextDouble()), slant = random.NextDouble() - 0.5, along = random.NextDouble() < 0.5 ? 0.2 : 1;
        double[] last = new double[width];
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0, at = 0; y < height; y++)
        {
            double before = 0;
            for (int x = 0; x < width; x++)
            {
                // Noise that is smoothed along one direction more than along the other.
                before = (0.45 * along * before) + (0.45 * last[x]) + (strength * random.NextNormal());
                last[x] = before;
                bool sky = x < (width / 2) + (slant * y);
                double luma = sky ? 180 - (40.0 * y / height) : 100 + before, red = sky ? -20 : 10 + (0.2 * before), blue = sky ? 30 : -10;
                foreach (double value in new[] { luma + (1.402 * red), luma - (0.344 * blue) - (0.714 * red), luma + (1.772 * blue) })
                    rgb[at++] = (byte)Math.Clamp(Math.Round(value + (0.3 * random.NextNormal())), 0, 255);
            }
        }
        return new Picture(width, height, rgb);
    }
}
