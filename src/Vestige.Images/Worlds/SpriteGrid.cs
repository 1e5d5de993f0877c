namespace Vestige.Images.Worlds;

/// <summary>A picture of the grid as its factors, each counted from 0.</summary>
internal readonly record struct Sprite(int Shape, int Size, int Row, int Column, int Tone);

/// <summary>The grid of <c>world:sprites</c>: what its pictures look like, how probable they are, and which never come.</summary>
internal static class SpriteGrid
{
    private const int Side = SpritesOptions.Side;
    private const int Background = 224;
    private const int Darkest = 16;

    // Subsamples of a pixel in each direction: edges are grey where a shape covers part of a pixel.
    private const int Fine = 4;

    /// <summary>All sprites, the tone running fastest.</summary>
    internal static IEnumerable<Sprite> All(SpritesOptions options)
    {
        for (int shape = 0; shape < options.Shapes; shape++)
            for (int size = 0; size < options.Sizes; size++)
                for (int row = 0; row < options.Places; row++)
                    for (int column = 0; column < options.Places; column++)
                        for (int tone = 0; tone < options.Tones; tone++)
                            yield return new Sprite(shape, size, row, column, tone);
    }

    /// <summary>Combinations that the world never shows: small rings, large shapes in a corner, triangles of the lightest and squares of the darkest tone.</summary>
    internal static bool IsForbidden(Sprite sprite, SpritesOptions options)
    {
        bool corner = (sprite.Row == 0 || sprite.Row == options.Places - 1) && (sprite.Column == 0 || sprite.Column == options.Places - 1);
        return (sprite.Shape == 3 && sprite.Size == 0)
            || (sprite.Size > 0 && sprite.Size == options.Sizes - 1 && options.Places > 2 && corner)
            || (sprite.Shape == 2 && sprite.Tone == options.Tones - 1)
            || (sprite.Shape == 1 && sprite.Tone == 0);
    }

    /// <summary>What p is proportional to: shapes, sizes and tones by Zipf's law, places near the middle more often.</summary>
    internal static double Weight(Sprite sprite, SpritesOptions options)
    {
        double Near(int place) => 1 / (1 + Math.Abs(place - ((options.Places - 1) / 2.0)));
        return Near(sprite.Row) * Near(sprite.Column) / ((sprite.Shape + 1.0) * (sprite.Size + 1) * (sprite.Tone + 1));
    }

    /// <summary>The picture's grey levels, (Side, Side), row-major.</summary>
    internal static byte[] Draw(Sprite sprite, SpritesOptions options)
    {
        double half = 2.5 + (1.5 * sprite.Size);
        double Centre(int place) => options.Places == 1 ? Side / 2.0 : (Side / 4.0) + (place * (Side / 2.0) / (options.Places - 1));
        double x0 = Centre(sprite.Column), y0 = Centre(sprite.Row);
        double tone = Darkest + (sprite.Tone * (Background - 40.0 - Darkest) / Math.Max(1, options.Tones - 1));
        byte[] grey = new byte[Side * Side];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                int inside = 0;
                for (int v = 0; v < Fine; v++)
                    for (int u = 0; u < Fine; u++)
                        if (Covers(sprite.Shape, (x + ((u + 0.5) / Fine) - x0) / half, (y + ((v + 0.5) / Fine) - y0) / half)) inside++;
                grey[(y * Side) + x] = (byte)Math.Round(Background + ((tone - Background) * inside / (Fine * Fine)));
            }
        }
        return grey;
    }

    /// <summary>Whether a shape of half width 1 covers a point.</summary>
    private static bool Covers(int shape, double x, double y) => shape switch
    {
        0 => (x * x) + (y * y) <= 1,
        1 => Math.Abs(x) <= 0.9 && Math.Abs(y) <= 0.9,
        2 => y <= 0.9 && Math.Abs(x) <= (y + 1) / 1.9,
        3 => (x * x) + (y * y) <= 1 && (x * x) + (y * y) >= 0.3,
        _ => (Math.Abs(x) <= 0.35 && Math.Abs(y) <= 1) || (Math.Abs(y) <= 0.35 && Math.Abs(x) <= 1),
    };
}
