using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vestige.Numerics;
using Vestige.Worlds;

namespace Vestige.Images.Worlds;

/// <summary>The pictures of <c>world:sprites</c>, and the nearest of them to any other picture.</summary>
internal sealed class Sprites
{
    /// <summary>Where what is no item stands among the kinds of falsehood.</summary>
    internal const int Substituted = 0, OffGrid = 1;

    private const int Side = SpritesOptions.Side;
    private const int Pixels = Side * Side;

    private readonly Lazy<Drawing> _drawing;
    private readonly int[] _numbers;
    private readonly AliasTable _draw;
    private readonly ConditionalWeakTable<Picture, StrongBox<int>> _known = [];

    /// <summary>The same for every seed: p is part of the world. The pictures are drawn when the first is wanted.</summary>
    internal Sprites(SpritesOptions options)
    {
        Options = options;
        Grid = [.. SpriteGrid.All(options)];
        _numbers = new int[Grid.Count];
        Array.Fill(_numbers, ~Substituted);
        (double Weight, int Place)[] items = [.. Enumerable.Range(0, Grid.Count).Where(place => !SpriteGrid.IsForbidden(Grid[place], options))
            .Select(place => (SpriteGrid.Weight(Grid[place], options), place)).OrderByDescending(item => item.Item1).ThenBy(item => item.place)];
        if (items.Length < 2) throw SpritesOptions.Table.Error("shapes", options.Shapes, "of so small a grid fewer than two pictures are allowed");
        double total = items.Sum(item => item.Weight);
        Probabilities = [.. items.Select(item => item.Weight / total)];
        for (int number = 0; number < items.Length; number++) _numbers[items[number].Place] = number;
        _draw = new AliasTable([.. Probabilities]);
        _drawing = new Lazy<Drawing>(() => Draw([.. items.Select(item => item.Place)]));
    }

    /// <summary>Grey levels of all pictures of the grid, and those that come as pictures.</summary>
    private sealed record Drawing(byte[] Grey, Picture[] Items);

    internal SpritesOptions Options { get; }

    /// <summary>All pictures of the grid, forbidden ones too.</summary>
    internal IReadOnlyList<Sprite> Grid { get; }

    /// <summary>Those that come, the most probable first.</summary>
    internal Picture[] Items => _drawing.Value.Items;

    /// <summary>p of each of them.</summary>
    internal IReadOnlyList<double> Probabilities { get; }

    /// <summary>The number of the nearest picture of the grid within the radius, or the complement of what is wrong with it.</summary>
    internal int NumberOf(Picture picture) => PlaceOf(picture) is var place && place < 0 ? ~OffGrid : _numbers[place];

    /// <summary>The place in the grid of the nearest picture within the radius, the first of equals; -1 where there is none.</summary>
    internal int PlaceOf(Picture picture) => _known.GetValue(picture, p => new StrongBox<int>(Nearest(p))).Value;

    /// <summary>The number of one draw.</summary>
    internal int Draw(ref Rng rng) => _draw.Draw(ref rng);

    private Drawing Draw(int[] places)
    {
        byte[] grey = new byte[Grid.Count * Pixels];
        for (int place = 0; place < Grid.Count; place++) SpriteGrid.Draw(Grid[place], Options).CopyTo(grey.AsSpan(place * Pixels));
        var items = new Picture[places.Length];
        for (int number = 0; number < items.Length; number++)
        {
            items[number] = ToPicture(grey.AsSpan(places[number] * Pixels, Pixels));
            _known.Add(items[number], new StrongBox<int>(places[number]));
        }
        return new Drawing(grey, items);
    }

    private int Nearest(Picture picture)
    {
        byte[] grey = _drawing.Value.Grey;
        if (picture.Width != Side || picture.Height != Side) return -1;
        // Three times the grey, so that no channel is rounded away; sums of squares are whole numbers, and ties are ties.
        Span<short> three = stackalloc short[Pixels];
        for (int i = 0; i < Pixels; i++) three[i] = (short)(picture.Rgb[3 * i] + picture.Rgb[(3 * i) + 1] + picture.Rgb[(3 * i) + 2]);
        double limit = 9 * Options.Radius * Options.Radius * Pixels;
        int best = -1;
        long least = (long)Math.Floor(limit) + 1;
        for (int place = 0; place < _numbers.Length; place++)
        {
            long distance = Distance(three, grey.AsSpan(place * Pixels, Pixels), least);
            if (distance < least) (least, best) = (distance, place);
        }
        return best;
    }

    /// <summary><c>sum (a - 3 b)²</c>; where it is no less than a limit, some number no less than the limit.</summary>
    internal static long Distance(ReadOnlySpan<short> a, ReadOnlySpan<byte> b, long limit)
    {
        long sum = 0;
        for (int start = 0; start < a.Length; start += 4 * Side)
        {
            // A line's differences are at most 765 each: 96 squares stay within an int.
            Vector256<int> sums = Vector256<int>.Zero;
            for (int i = start; i < start + (4 * Side); i += Vector256<short>.Count)
            {
                Vector256<short> wide = Vector256.WidenLower(Vector128.Create(b.Slice(i, 16)).ToVector256()).AsInt16();
                Vector256<short> difference = Vector256.Create(a.Slice(i, 16)) - (wide * Vector256.Create((short)3));
                (Vector256<int> lower, Vector256<int> upper) = Vector256.Widen(difference);
                sums += (lower * lower) + (upper * upper);
            }
            sum += Vector256.Sum(sums);
            if (sum >= limit) return sum;
        }
        return sum;
    }

    internal static Picture ToPicture(ReadOnlySpan<byte> grey)
    {
        byte[] rgb = new byte[3 * grey.Length];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = grey[i / 3];
        return new Picture(Side, Side, rgb);
    }
}
