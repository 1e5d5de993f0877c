using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Planes;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Paired.Detail;

/// <summary>Compares one level of the details of two planes, row after row: sums a cell of the grid, and maps.</summary>
/// <remarks>
/// With r = median(0, o, t): o - r is lost, t - r invented; |o| = |r| + |lost|, |t| = |r| + |invented| (ADM's decoupling, Li et al. 2011, with its
/// enhancement gain at 1, which makes the test of angles void and the two sides exchange when the images do). The masking threshold is that
/// of r, so that it is the same for both: a thirtieth of the sum of w|r| over the 3 x 3 neighbours and three bands, the middle once more.
/// </remarks>
internal sealed class LevelComparison
{
    /// <summary>Quantities that are summed, in the order of <see cref="DetailSums"/>.</summary>
    internal const int Quantities = 6;

    private readonly Wavelet _original, _decoded;
    private readonly V _straight, _diagonal;
    private readonly int _inputHeight, _width, _height, _cell;
    private readonly float _perPixel;

    // Rows of a ring of three: sum over bands of w|r|, and for each band w|lost| and w|invented|.
    private readonly float[][] _kept, _apart;
    private readonly float[] _rows;
    private readonly int _stride;

    /// <summary>Prepares it.</summary>
    /// <param name="original">The original at this level: its plane, or the approximation of the level before.</param>
    /// <param name="decoded">The same of the reconstruction.</param>
    /// <param name="level">0 for the finest.</param>
    /// <param name="map">Whether maps are wanted.</param>
    internal LevelComparison(Plane original, Plane decoded, int level, bool map)
    {
        (_original, _decoded, _inputHeight) = (new Wavelet(original), new Wavelet(decoded), original.Height);
        (_width, _height, _stride) = (_original.Bands[0].Width, _original.Bands[0].Height, _original.Bands[0].Stride);
        (_straight, _diagonal) = (Vector256.Create(Visibility.Straight(level)), Vector256.Create(Visibility.Diagonal(level)));
        _perPixel = 1f / (1 << (2 * (level + 1)));
        _cell = Math.Max(1, DetailComparison.FineTile >> (level + 1));
        (int columns, int rows) = ((_width + _cell - 1) / _cell, (_height + _cell - 1) / _cell);
        Cells = new CellSums(new double[rows * columns * Quantities], columns, rows, _cell << (level + 1));
        if (map) (Lost, Invented) = (new Plane(_width, _height), new Plane(_width, _height));
        // Room before and behind each row for the neighbours beyond its ends.
        _kept = [.. Enumerable.Range(0, 3).Select(_ => new float[_stride + (2 * Plane.Lanes)])];
        _apart = [.. Enumerable.Range(0, 3).Select(_ => new float[6 * _stride])];
        _rows = new float[Quantities * _stride];
    }

    /// <summary>The sums.</summary>
    internal CellSums Cells { get; }

    /// <summary>The visible loss at each coefficient, a pixel of the image; null where no map is wanted.</summary>
    internal Plane? Lost { get; }

    /// <summary>The same of what was invented.</summary>
    internal Plane? Invented { get; }

    /// <summary>What the next level takes.</summary>
    internal (Plane Original, Plane Decoded) Approximations => (_original.Approximation, _decoded.Approximation);

    /// <summary>Rows that are done, but for the threshold of the last.</summary>
    internal int Rows { get; private set; }

    /// <summary>Does the next row, if so many rows of the inputs suffice for it.</summary>
    internal bool TryNext(int available)
    {
        int y = Rows;
        if (y == _height || available < Wavelet.Needed(y + 1, _inputHeight)) return false;
        _original.Row(y);
        _decoded.Row(y);
        Split(y);
        // Beyond the edge stands the mirror image, about the middle of the outermost row.
        if (y == Math.Min(1, _height - 1)) _kept[y].CopyTo(_kept[2], 0);
        if (y > 0) Mask(y - 1);
        if (y == _height - 1)
        {
            _kept[Math.Max(0, y - 1) % 3].CopyTo(_kept[(y + 1) % 3], 0);
            Mask(y);
        }
        Rows++;
        return true;
    }

    /// <summary>Splits a row of coefficients into kept, lost and invented, and adds up all but what needs the threshold.</summary>
    private void Split(int y)
    {
        ref float kept = ref _kept[y % 3][Plane.Lanes], apart = ref _apart[y % 3][0], rows = ref _rows[0];
        nuint stride = (nuint)_stride;
        Plane[] original = _original.Bands, decoded = _decoded.Bands;
        ref float o0 = ref Start(original[0], y), o1 = ref Start(original[1], y), o2 = ref Start(original[2], y);
        ref float t0 = ref Start(decoded[0], y), t1 = ref Start(decoded[1], y), t2 = ref Start(decoded[2], y);
        for (nuint x = 0; x < stride; x += Plane.Lanes)
        {
            V r = V.Zero, sumO = V.Zero, sumT = V.Zero, sumLost = V.Zero, sumInvented = V.Zero;
            Band(ref o0, ref t0, _straight, ref Unsafe.Add(ref apart, 0));
            Band(ref o1, ref t1, _straight, ref Unsafe.Add(ref apart, 2 * _stride));
            Band(ref o2, ref t2, _diagonal, ref Unsafe.Add(ref apart, 4 * _stride));
            r.StoreUnsafe(ref kept, x);
            Sum(sumO, 0);
            Sum(sumT, 1);
            Sum(sumLost, 2);
            Sum(sumInvented, 3);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            void Band(ref float original, ref float decoded, V weight, ref float to)
            {
                V o = Vector256.LoadUnsafe(ref original, x) * weight, t = Vector256.LoadUnsafe(ref decoded, x) * weight;
                V median = Vector256.Max(Vector256.Min(o, t), Vector256.Min(Vector256.Max(o, t), V.Zero));
                V lost = Vector256.Abs(o - median), invented = Vector256.Abs(t - median);
                lost.StoreUnsafe(ref to, x);
                invented.StoreUnsafe(ref to, x + stride);
                r += Vector256.Abs(median);
                sumO += Vector256.Abs(o);
                sumT += Vector256.Abs(t);
                sumLost += lost;
                sumInvented += invented;
            }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            void Sum(V sum, nuint quantity) => sum.StoreUnsafe(ref _rows[0], x + (quantity * stride));
        }
        Span<float> ends = _kept[y % 3].AsSpan(Plane.Lanes - 1);
        (ends[0], ends[_width + 1]) = _width == 1 ? (ends[1], ends[1]) : (ends[2], ends[_width - 1]);
        for (int quantity = 0; quantity < 4; quantity++) Collect(y, quantity);
    }

    /// <summary>Takes the threshold off a row whose neighbours are known, and adds up and maps what is left.</summary>
    private void Mask(int y)
    {
        ref float above = ref _kept[(y + 2) % 3][Plane.Lanes - 1], middle = ref _kept[y % 3][Plane.Lanes - 1], below = ref _kept[(y + 1) % 3][Plane.Lanes - 1];
        ref float apart = ref _apart[y % 3][0];
        nuint stride = (nuint)_stride;
        V thirtieth = Vector256.Create(1f / 30), perPixel = Vector256.Create(_perPixel);
        for (nuint x = 0; x < stride; x += Plane.Lanes)
        {
            V centre = Vector256.LoadUnsafe(ref middle, x + 1);
            V sum = Three(ref above) + Three(ref below) + (Vector256.LoadUnsafe(ref middle, x) + Vector256.LoadUnsafe(ref middle, x + 2)) + (centre + centre);
            V threshold = sum * thirtieth, lost = V.Zero, invented = V.Zero;
            for (nuint band = 0; band < 3; band++)
            {
                lost += Vector256.Max(V.Zero, Vector256.LoadUnsafe(ref apart, x + (2 * band * stride)) - threshold);
                invented += Vector256.Max(V.Zero, Vector256.LoadUnsafe(ref apart, x + (((2 * band) + 1) * stride)) - threshold);
            }
            lost.StoreUnsafe(ref _rows[0], x + (4 * stride));
            invented.StoreUnsafe(ref _rows[0], x + (5 * stride));
            if (Lost is null) continue;
            (lost * perPixel).StoreUnsafe(ref Start(Lost, y), x);
            (invented * perPixel).StoreUnsafe(ref Start(Invented!, y), x);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            V Three(ref float row) =>
                Vector256.LoadUnsafe(ref row, x) + Vector256.LoadUnsafe(ref row, x + 1) + Vector256.LoadUnsafe(ref row, x + 2);
        }
        Collect(y, 4);
        Collect(y, 5);
    }

    /// <summary>Adds a row of one quantity to the cells it crosses, in double, from left to right.</summary>
    private void Collect(int y, int quantity)
    {
        ReadOnlySpan<float> row = _rows.AsSpan(quantity * _stride, _width);
        double[] sums = Cells.Sums;
        int at = (y / _cell * Cells.Columns * Quantities) + quantity;
        for (; row.Length >= _cell; row = row[_cell..], at += Quantities)
        {
            double sum = 0;
            for (int i = 0; i < _cell; i++) sum += row[i];
            sums[at] += sum;
        }
        foreach (float value in row) sums[at] += value;
    }

    private static ref float Start(Plane plane, int y) => ref MemoryMarshal.GetReference(plane.Row(y));
}

/// <summary>Sums over the cells of a grid.</summary>
/// <param name="Sums">(Rows, Columns, <see cref="LevelComparison.Quantities"/>).</param>
/// <param name="Columns">Cells in a row.</param>
/// <param name="Rows">Rows of cells.</param>
/// <param name="Side">Side of a cell in pixels: a fine tile, or one coefficient where that stands for more.</param>
internal readonly record struct CellSums(double[] Sums, int Columns, int Rows, int Side);
