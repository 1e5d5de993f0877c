using Vestige.Images.Jpeg;
using Vestige.Images.Views;

namespace Vestige.Images.Imagining;

/// <summary>Moves single pixels by a level or two until an encoder rounds all coefficients of their units to the file's.</summary>
/// <remarks>
/// Pictures are whole numbers: what is in its cell before pixels are rounded may be outside after it, and where steps are as small as at quality 90 hardly a picture is inside
/// in all of its blocks. A unit (the smallest rectangle of whole blocks of every component, 8 x 8 or 16 x 16 pixels as a rule) depends on its own pixels alone. The move
/// that takes most of the excess away is made, among those places of the worst block where its excess, transformed back, is largest, until there is none left or no move helps.
/// </remarks>
internal sealed class PixelRepair
{
    private const int Area = BlockQuantizer.Area, Side = BlockQuantizer.Side;

    /// <summary>Moves in a unit, and places that are tried for each at least.</summary>
    private const int MostMoves = 64, Places = 8;

    /// <summary>A unit with more coefficients outside than so many is left: its steps are as small as pixels, and no choice of pixels has all of them right.</summary>
    private const int MostOutside = 12;

    /// <summary>Red, green and blue of a move up of luma, of either difference, and of a component that is a colour itself.</summary>
    private static readonly (int R, int G, int B)[] s_luma = [(1, 1, 1), (0, 1, 0), (1, 1, 0)], s_blue = [(0, 0, 1), (0, -1, 1), (0, 0, 2), (0, -1, 2), (0, 0, 3)],
        s_red = [(1, 0, 0), (1, -1, 0), (2, 0, 0), (2, -1, 0), (3, 0, 0)];

    /// <summary>(coefficient, sample): the orthonormal transform.</summary>
    private static readonly double[] s_basis = Basis();

    private readonly JpegImage _jpeg;
    private readonly JpegCells[] _cells;
    private readonly (int Across, int Down)[] _factors;
    private readonly int _width, _height;
    private readonly List<Block> _blocks = [];
    private readonly List<(Block Block, int Sample, int By)> _moved = [];
    private int _left, _top;

    /// <summary>Repairs pictures of one file.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="cells">Of its components.</param>
    /// <param name="factors">Pixels that a sample of each component stands for.</param>
    internal PixelRepair(JpegImage jpeg, JpegCells[] cells, (int Across, int Down)[] factors)
    {
        (_jpeg, _cells, _factors) = (jpeg, cells, factors);
        (_width, _height) = (Side * factors.Max(factor => factor.Across), Side * factors.Max(factor => factor.Down));
    }

    private sealed class Block(int component, int left, int top)
    {
        internal int Component => component;

        /// <summary>Of its first sample, in samples of the component.</summary>
        internal int Left => left;

        internal int Top => top;

        internal int[] Samples { get; } = new int[Area];

        internal double[] Coefficients { get; } = new double[Area];

        internal double[] Middle { get; } = new double[Area];

        internal double[] Half { get; } = new double[Area];

        internal double Cost { get; set; }

        internal bool IsStuck { get; set; }

        /// <summary>What is to be added to a coefficient for it to be in its cell.</summary>
        internal double Excess(int k)
        {
            double off = Coefficients[k] - Middle[k];
            return off > Half[k] ? Half[k] - off : off < -Half[k] ? -Half[k] - off : 0;
        }

        internal int Outside()
        {
            int outside = 0;
            for (int k = 0; k < Area; k++) outside += Excess(k) == 0 ? 0 : 1;
            return outside;
        }

        internal double Sum()
        {
            double sum = 0;
            for (int k = 0; k < Area; k++) sum += Excess(k) * Excess(k);
            return sum;
        }
    }

    /// <summary>Repairs the units of a band of pixels.</summary>
    /// <param name="picture">Is changed.</param>
    /// <param name="top">First row of pixels: of whole units.</param>
    /// <returns>Coefficients that are still outside their cells, and the sum of squares of how far.</returns>
    internal (long Outside, double Excess) Repair(Picture picture, int top)
    {
        long outside = 0;
        double excess = 0;
        _top = top;
        for (_left = 0; _left < picture.Width; _left += _width)
        {
            Look(picture);
            int before = Outside();
            for (int move = 0; before <= MostOutside && move < MostMoves && Worst() is { } worst; move++)
            {
                if (Move(picture, worst))
                    foreach (Block block in _blocks) block.IsStuck = false;
                else
                    worst.IsStuck = true;
            }
            outside += Outside();
            excess += _blocks.Sum(block => block.Cost);
        }
        return (outside, excess);
    }

    private int Outside() => _blocks.Sum(block => block.Outside());

    private Block? Worst() => _blocks.Where(block => block.Cost > 0 && !block.IsStuck).MaxBy(block => block.Cost);

    private void Look(Picture picture)
    {
        _blocks.Clear();
        for (int i = 0; i < _factors.Length; i++)
        {
            (int across, int down) = _factors[i];
            for (int y = 0; y < _height / down; y += Side)
                for (int x = 0; x < _width / across; x += Side)
                {
                    var block = new Block(i, (_left / across) + x, (_top / down) + y);
                    if (block.Left / Side >= _cells[i].Columns || block.Top / Side >= _cells[i].Rows) continue;
                    for (int p = 0; p < Area; p++)
                    {
                        block.Samples[p] = SampleAt(picture, block, p);
                        block.Coefficients[p] = block.Samples[p] - 128;
                    }
                    BlockQuantizer.Transform(block.Coefficients);
                    _cells[i].Limits(block.Left / Side, block.Top / Side, block.Middle, block.Half);
                    block.Cost = block.Sum();
                    _blocks.Add(block);
                }
        }
    }

    private int SampleAt(Picture picture, Block block, int p) =>
        ComponentSamples.Sample(picture, _jpeg, block.Component, block.Left + (p % Side), block.Top + (p / Side), _factors[block.Component]);

    /// <summary>Makes the best move for a block, if one helps.</summary>
    private bool Move(Picture picture, Block block)
    {
        Span<double> wanted = stackalloc double[Area];
        wanted.Clear();
        for (int k = 0; k < Area; k++)
        {
            double excess = block.Excess(k);
            if (excess == 0) continue;
            for (int p = 0; p < Area; p++) wanted[p] += excess * s_basis[(k * Area) + p];
        }
        (int Place, int Sign, (int R, int G, int B) By, int Every) best = default;
        double least = -1e-9;
        // Beyond the first places only until a move helps.
        for (int n = 0; n < Area && (n < Places || best.Sign == 0); n++)
        {
            int place = 0;
            for (int p = 1; p < Area; p++)
                if (Math.Abs(wanted[p]) > Math.Abs(wanted[place])) place = p;
            int sign = Math.Sign(wanted[place]);
            if (sign == 0) break;
            wanted[place] = 0;
            foreach ((int R, int G, int B) by in MovesOf(block.Component))
                for (int every = 1; every <= _factors[block.Component].Across * _factors[block.Component].Down; every *= 2)
                {
                    if (!Shift(picture, block, place, sign, by, every)) continue;
                    double gain = Gain(picture, keep: false);
                    Shift(picture, block, place, -sign, by, every);
                    if (gain < least) (least, best) = (gain, (place, sign, by, every));
                }
        }
        if (best.Sign == 0) return false;
        Shift(picture, block, best.Place, best.Sign, best.By, best.Every);
        Gain(picture, keep: true);
        return true;
    }

    private (int R, int G, int B)[] MovesOf(int component) => _jpeg.Colour == JpegColour.Rgb
        ? [component == 0 ? (1, 0, 0) : component == 1 ? (0, 1, 0) : (0, 0, 1)]
        : component == 0 ? _factors.Length == 1 ? s_luma[..1] : s_luma
        : component == 1 ? s_blue : s_red;

    /// <summary>Changes the pixels of a sample, or every second or fourth of them, and notes which; none where one would leave 0 to 255.</summary>
    private bool Shift(Picture picture, Block block, int place, int sign, (int R, int G, int B) by, int every)
    {
        (int across, int down) = _factors[block.Component];
        int left = Math.Min((block.Left + (place % Side)) * across, picture.Width - 1), top = Math.Min((block.Top + (place / Side)) * down, picture.Height - 1);
        int right = Math.Min(left + across, picture.Width), bottom = Math.Min(top + down, picture.Height);
        for (int pass = 0; pass < 2; pass++)
            for (int y = top, n = 0; y < bottom; y++)
                for (int x = left; x < right; x++, n++)
                {
                    if (n % every != 0) continue;
                    Span<byte> pixel = picture.Rgb.AsSpan(3 * ((y * picture.Width) + x), 3);
                    int r = pixel[0] + (sign * by.R), g = pixel[1] + (sign * by.G), b = pixel[2] + (sign * by.B);
                    if (pass == 0 && ((r | g | b) & ~255) != 0) return false;
                    if (pass == 1) (pixel[0], pixel[1], pixel[2]) = ((byte)r, (byte)g, (byte)b);
                }
        (_changedLeft, _changedTop, _changedRight, _changedBottom) = (left, top, right, bottom);
        return true;
    }

    private int _changedLeft, _changedTop, _changedRight, _changedBottom;

    /// <summary>By how much the excess of all blocks grows with the pixels that were changed.</summary>
    private double Gain(Picture picture, bool keep)
    {
        _moved.Clear();
        foreach (Block block in _blocks)
        {
            (int across, int down) = _factors[block.Component];
            // The last column and the last row stand for all that lie beyond the edge.
            int fromX = Math.Max((_changedLeft / across) - block.Left, 0), fromY = Math.Max((_changedTop / down) - block.Top, 0);
            int toX = _changedRight == picture.Width ? Side - 1 : Math.Min(((_changedRight - 1) / across) - block.Left, Side - 1);
            int toY = _changedBottom == picture.Height ? Side - 1 : Math.Min(((_changedBottom - 1) / down) - block.Top, Side - 1);
            for (int y = fromY; y <= toY; y++)
                for (int x = fromX; x <= toX; x++)
                {
                    int p = (y * Side) + x, by = SampleAt(picture, block, p) - block.Samples[p];
                    if (by != 0) _moved.Add((block, p, by));
                }
        }
        double gain = 0;
        for (int first = 0, last; first < _moved.Count; first = last)
        {
            Block block = _moved[first].Block;
            for (last = first; last < _moved.Count && _moved[last].Block == block; last++) Add(block, _moved[last].Sample, _moved[last].By);
            double cost = block.Sum();
            gain += cost - block.Cost;
            if (keep) block.Cost = cost;
            for (int i = first; i < last; i++)
            {
                if (keep) block.Samples[_moved[i].Sample] += _moved[i].By;
                else Add(block, _moved[i].Sample, -_moved[i].By);
            }
        }
        return gain;
    }

    private static void Add(Block block, int sample, int by)
    {
        for (int k = 0; k < Area; k++) block.Coefficients[k] += by * s_basis[(k * Area) + sample];
    }

    private static double[] Basis()
    {
        double[] basis = new double[Area * Area];
        Span<double> block = stackalloc double[Area];
        for (int p = 0; p < Area; p++)
        {
            block.Clear();
            block[p] = 1;
            BlockQuantizer.Transform(block);
            for (int k = 0; k < Area; k++) basis[(k * Area) + p] = block[k];
        }
        return basis;
    }
}
