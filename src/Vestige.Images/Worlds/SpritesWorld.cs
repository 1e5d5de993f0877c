using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Worlds;

namespace Vestige.Images.Worlds;

/// <summary><c>world:sprites</c> as a source: a document is one picture, drawn when it is read.</summary>
internal sealed class SpritesWorld : SingleDraws<Picture>, IWorld<Picture>
{
    /// <summary>A world of <paramref name="documents"/> documents.</summary>
    /// <exception cref="ArgumentException">The number of documents is out of range.</exception>
    internal SpritesWorld(SpritesOptions options, int documents, ulong seed)
        : base("world:sprites", options.Name, documents, seed) =>
        Sprites = new Sprites(options);

    internal Sprites Sprites { get; }

    /// <summary>Grey: 8 bits a pixel as they come.</summary>
    public Medium Medium { get; } = new("image", "images", "pixel", 8);

    public IReadOnlyList<double> Probabilities => Sprites.Probabilities;

    public IReadOnlyList<Falsehood> Falsehoods { get; } = [new("substituted", WellFormed: true), new("off the grid", WellFormed: false)];

    public IReadOnlyList<int>? Facts => null;

    public string ItemView => SpritesView.ViewName;

    public long SizeOf(Picture item) => item.Pixels;

    protected override Picture Draw(ref Rng rng) => Item(Sprites.Draw(ref rng));

    public Picture Item(int number) => Sprites.Items[number];

    public int NumberOf(Picture item) => Sprites.NumberOf(item);

    public Masses? Enumerate(IDensity<Picture> density, IProgress<WorkProgress>? progress, CancellationToken cancel) => null;
}
