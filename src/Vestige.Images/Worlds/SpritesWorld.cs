using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Worlds;

namespace Vestige.Images.Worlds;

/// <summary><c>world:sprites</c> as a source: a document is one picture, drawn when it is read.</summary>
internal sealed class SpritesWorld : IWorld<Picture>
{
    private readonly ulong _seed;

    /// <summary>A world of <paramref name="documents"/> documents.</summary>
    /// <exception cref="ArgumentException">The number of documents is out of range.</exception>
    internal SpritesWorld(SpritesOptions options, int documents, ulong seed)
    {
        Sprites = new Sprites(options);
        _seed = Rng.Mix(seed, "world:sprites");
        Documents = new NumberedDocuments(options.Name, documents, 1, identity: Rng.Mix(_seed, options.Name));
    }

    internal Sprites Sprites { get; }

    public string Name => Sprites.Options.Name;

    /// <summary>Grey: 8 bits a pixel as they come.</summary>
    public Medium Medium { get; } = new("image", "images", "pixel", 8);

    public IReadOnlyList<Document> Documents { get; }

    public IReadOnlyList<double> Probabilities => Sprites.Probabilities;

    public IReadOnlyList<Falsehood> Falsehoods { get; } = [new("substituted", WellFormed: true), new("off the grid", WellFormed: false)];

    public IReadOnlyList<int>? Facts => null;

    public string ItemView => SpritesView.ViewName;

    public IReadOnlyList<Picture> Read(int document)
    {
        var rng = new Rng(Rng.Mix(_seed, (ulong)document));
        return [Item(Sprites.Draw(ref rng))];
    }

    public long SizeOf(Picture item) => item.Pixels;

    public Picture Item(int number) => Sprites.Items[number];

    public int NumberOf(Picture item) => Sprites.NumberOf(item);

    public Masses? Enumerate(IDensity<Picture> density, IProgress<Advance>? progress, CancellationToken cancel) => null;
}
