using Vestige.Images.Codecs;
using Vestige.Images.Exhibits;
using Vestige.Worlds;

namespace Vestige.Images.Worlds;

/// <summary>The registry of worlds of images.</summary>
public static class PictureWorlds
{
    /// <summary>Small grey pictures on a grid.</summary>
    public static World<Picture> Sprites { get; } = new("sprites", SpritesOptions.Table, (spec, seed) => new SpritesWorld(
        new SpritesOptions(spec.WholeNumber("shapes"), spec.WholeNumber("sizes"), spec.WholeNumber("places"), spec.WholeNumber("tones"), spec.Number("radius")),
        spec.WholeNumber("documents"), seed))
    {
        Compressors = PictureCompressors.Rows,
        Views = source => [new SpritesView(((SpritesWorld)source).Sprites)],
        Exhibitor = new PictureExhibitor(),
        Shuffle = ShuffledPicture.Of,
        StoredBytes = LosslessReference.Bytes,
    };
}
