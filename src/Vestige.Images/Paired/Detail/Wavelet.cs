using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Planes;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Paired.Detail;

/// <summary>One level of the decimated wavelet of Daubechies with two vanishing moments, as ADM applies it (libvmaf, float_adm), row after row.</summary>
/// <remarks>Output i takes inputs 2i - 1 .. 2i + 2; input -1 is input 1, input n + j is input n - 1 - j. The high pass is written as a sum over
/// differences of neighbours, its taps' partial sums, so that what is flat is exactly 0. All outputs are ceil(width / 2) x ceil(height / 2);
/// of the approximation the four rows stand in memory that the next level takes at a time, of the bands one.</remarks>
internal sealed class Wavelet
{
    private const float L0 = 0.482962913144690f, L1 = 0.836516303737469f, L2 = 0.224143868041857f, L3 = -0.129409522550921f;
    private const float D0 = -0.129409522550921f, D1 = -0.353553390592778f, D2 = 0.482962913144691f;

    private readonly Plane _input;
    private readonly Scratch _scratch;
    private readonly float[] _low, _high;

    /// <param name="input">Any size.</param>
    internal Wavelet(Plane input)
    {
        int width = (input.Width + 1) / 2, height = (input.Height + 1) / 2;
        (_input, _scratch, _low, _high) = (input, new Scratch(input.Width), new float[input.Stride], new float[input.Stride]);
        Approximation = new Plane(width, height, 4);
        Bands = [new Plane(width, height, 1), new Plane(width, height, 1), new Plane(width, height, 1)];
    }

    /// <summary>Low both ways: input of the next level.</summary>
    internal Plane Approximation { get; }

    /// <summary>High down and low along (horizontal edges), low down and high along (vertical ones), high both ways.</summary>
    internal Plane[] Bands { get; }

    /// <summary>How many of the input's first rows the first rows of the output take.</summary>
    internal static int Needed(int rows, int height) => Math.Min((2 * rows) + 1, height);

    /// <summary>Makes a row of the outputs.</summary>
    internal void Row(int i)
    {
        int height = _input.Height;
        Down(_input.Row(Mirror((2 * i) - 1, height)), _input.Row(2 * i), _input.Row(Mirror((2 * i) + 1, height)), _input.Row(Mirror((2 * i) + 2, height)), _low, _high);
        _scratch.Along(_low, Approximation.Row(i), Bands[1].Row(i));
        _scratch.Along(_high, Bands[0].Row(i), Bands[2].Row(i));
    }

    /// <summary>Where a sample beyond the edge stands; a side of one sample has nothing to mirror.</summary>
    private static int Mirror(int i, int n) => n == 1 ? 0 : i < 0 ? 1 : i < n ? i : (2 * n) - i - 1;

    private static void Down(ReadOnlySpan<float> row0, ReadOnlySpan<float> row1, ReadOnlySpan<float> row2, ReadOnlySpan<float> row3, Span<float> low, Span<float> high)
    {
        ref float r0 = ref MemoryMarshal.GetReference(row0), r1 = ref MemoryMarshal.GetReference(row1);
        ref float r2 = ref MemoryMarshal.GetReference(row2), r3 = ref MemoryMarshal.GetReference(row3);
        for (nuint x = 0; x < (nuint)low.Length; x += Plane.Lanes)
        {
            V a = Vector256.LoadUnsafe(ref r0, x), b = Vector256.LoadUnsafe(ref r1, x), c = Vector256.LoadUnsafe(ref r2, x), d = Vector256.LoadUnsafe(ref r3, x);
            LowPass(a, b, c, d).StoreUnsafe(ref MemoryMarshal.GetReference(low), x);
            HighPass(a, b, c, d).StoreUnsafe(ref MemoryMarshal.GetReference(high), x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LowPass(V a, V b, V c, V d) => Vector256.FusedMultiplyAdd(d, Vector256.Create(L3), Vector256.FusedMultiplyAdd(c, Vector256.Create(L2),
        Vector256.FusedMultiplyAdd(b, Vector256.Create(L1), a * Vector256.Create(L0))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V HighPass(V a, V b, V c, V d) => Vector256.FusedMultiplyAdd(c - d, Vector256.Create(D2),
        Vector256.FusedMultiplyAdd(b - c, Vector256.Create(D1), (a - b) * Vector256.Create(D0)));

    /// <summary>Even and odd samples of a row apart, with room for those beyond its ends.</summary>
    private sealed class Scratch(int width)
    {
        private readonly int _half = (width + 1) / 2;
        private readonly float[] _even = new float[Plane.StrideOf(width) + (2 * Plane.Lanes)], _odd = new float[Plane.StrideOf(width) + (2 * Plane.Lanes)];

        /// <summary>Both filters along a row.</summary>
        internal void Along(ReadOnlySpan<float> row, Span<float> low, Span<float> high)
        {
            // Odd samples stand one further right: the one before the first is the first itself (input -1 is input 1).
            ref float from = ref MemoryMarshal.GetReference(row), even = ref _even[0], odd = ref _odd[1];
            int x = 0;
            for (; (2 * x) + (2 * Plane.Lanes) <= row.Length; x += Plane.Lanes)
            {
                (V e, V o) = Lane.Deinterleave(Vector256.LoadUnsafe(ref from, (nuint)(2 * x)), Vector256.LoadUnsafe(ref from, (nuint)((2 * x) + Plane.Lanes)));
                e.StoreUnsafe(ref even, (nuint)x);
                o.StoreUnsafe(ref odd, (nuint)x);
            }
            for (; 2 * x < row.Length; x++) (_even[x], _odd[x + 1]) = (row[2 * x], row[(2 * x) + 1]);
            if (width == 1) _odd[1] = row[0];
            else if (width % 2 == 1) _odd[_half] = _even[_half - 1];
            _odd[0] = _odd[1];
            _even[_half] = width == 1 ? row[0] : width % 2 == 1 ? _odd[_half - 1] : _odd[_half];

            ref float before = ref _odd[0];
            for (nuint i = 0; i < (nuint)low.Length; i += Plane.Lanes)
            {
                V a = Vector256.LoadUnsafe(ref before, i), b = Vector256.LoadUnsafe(ref even, i);
                V c = Vector256.LoadUnsafe(ref odd, i), d = Vector256.LoadUnsafe(ref even, i + 1);
                LowPass(a, b, c, d).StoreUnsafe(ref MemoryMarshal.GetReference(low), i);
                HighPass(a, b, c, d).StoreUnsafe(ref MemoryMarshal.GetReference(high), i);
            }
        }
    }
}
