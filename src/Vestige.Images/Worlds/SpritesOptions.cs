using Vestige.Specs;

namespace Vestige.Images.Worlds;

/// <summary>The settings of <c>world:sprites</c>, checked.</summary>
internal sealed record SpritesOptions
{
    /// <summary>Pictures of the grid, forbidden ones too, that are enumerated at most: each codec codes them all, and each result is compared with all.</summary>
    internal const int MostPictures = 20_000;

    /// <summary>Side of a picture in pixels.</summary>
    internal const int Side = 24;

    /// <summary>Checks and keeps the settings.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or the world too large; the message names it and the range.</exception>
    public SpritesOptions(int shapes = 5, int sizes = 3, int places = 5, int tones = 12, double radius = 10)
    {
        Table.Check(shapes, sizes, places, tones, radius);
        (Shapes, Sizes, Places, Tones, Radius) = (shapes, sizes, places, tones, radius);
        Table.CheckSize("places", places, "shapes x sizes x places² x tones", Pictures, MostPictures);
    }

    /// <summary>The settings with their ranges.</summary>
    public static OptionTable Table { get; } = new("world:sprites", "small grey pictures on a grid of shape, size, place and tone",
    [
        OptionSpec.WholeNumber("shapes", 1, 5, 5, "shapes"),
        OptionSpec.WholeNumber("sizes", 1, 4, 3, "sizes of each"),
        OptionSpec.WholeNumber("places", 1, 8, 5, "places in a row, and in a column"),
        OptionSpec.WholeNumber("tones", 2, 48, 12, "greys"),
        OptionSpec.Number("radius", 0, 128, 10, "root mean square of grey levels within which a picture is the nearest of the grid"),
    ]);

    /// <summary>Shapes.</summary>
    public int Shapes { get; }

    /// <summary>Sizes.</summary>
    public int Sizes { get; }

    /// <summary>Places in each direction.</summary>
    public int Places { get; }

    /// <summary>Tones.</summary>
    public int Tones { get; }

    /// <summary>Radius, in grey levels.</summary>
    public double Radius { get; }

    /// <summary>Pictures of the grid, forbidden ones too.</summary>
    public int Pictures => Shapes * Sizes * Places * Places * Tones;

    /// <summary>The canonical name, <c>world:sprites:tones=6</c>.</summary>
    public string Name => Table.Describe(Shapes, Sizes, Places, Tones, Radius);
}
