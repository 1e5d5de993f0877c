using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Planes;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Paired.Ssimulacra;

/// <summary>The six norms of one channel at one scale: of the maps ssim, artifact and lost the mean and the fourth root of the mean fourth power.</summary>
/// <remarks>
/// SSIMULACRA 2 blurs u, v, u², v² and uv (Gauss, sigma 1.5; the recursive filter of Charalampidis 2016 is this symmetric one of nine taps;
/// beyond the edge stands zero). Here u, d = u - v, d² and u² + v² are blurred instead, from which the same maps follow:
/// with md = g*d and K = g*d² - md², 2(s12 - m1 m2) + C2 = D - K where D = (s11 - m1²) + (s22 - m2²) + C2, so that
/// 1 - (1 - md²)(D - K)/D = md² + (1 - md²) K/D. What differs little is not the difference of large numbers, so that the
/// float noise that troubles the score of good reconstructions is not there, and equal images score exactly 100.
/// Columns are worked on in tiles, rows pass through a ring of each tile: the blurred planes are never stored.
/// </remarks>
internal sealed class ScaleNorms
{
    private const float C2 = 0.0009f;

    /// <summary>Rows above and below that a blurred one takes.</summary>
    internal const int Reach = 4;

    private const int Taps = (2 * Reach) + 1, Blurred = 4;

    /// <summary>Columns of a tile: 74 kB of blurred rows stay near the processor.</summary>
    private const int TileWidth = 512;

    private const int RowLength = TileWidth + (2 * Plane.Lanes);

    /// <summary>Length of the working memory that those used in turn may share.</summary>
    internal const int ScratchLength = Blurred * RowLength;

    private static readonly float[] s_taps = [0.264621105488198f, 0.212928592010422f, 0.109335372777460f, 0.036011114658364f, 0.009414367809654f];

    private readonly Plane _original, _decoded;
    private readonly float[] _products;
    private readonly float[][] _rings;
    private Vector256<double> _ssim, _ssim4, _artifact, _artifact4, _lost, _lost4;
    private int _rows;

    /// <summary>Prepares it.</summary>
    /// <param name="original">A channel of the original.</param>
    /// <param name="decoded">The same channel of the reconstruction.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> samples.</param>
    internal ScaleNorms(Plane original, Plane decoded, float[] scratch)
    {
        (_original, _decoded, _products) = (original, decoded, scratch);
        _rings = [.. Enumerable.Range(0, (original.Width + TileWidth - 1) / TileWidth).Select(_ => new float[Taps * Blurred * TileWidth])];
    }

    /// <summary>Goes on down the image.</summary>
    /// <param name="available">How many rows of both channels are made. The last that were new and those within reach above them are read.</param>
    internal void WorkProgress(int available)
    {
        int end = available == _original.Height ? available + Reach : available;
        for (int left = 0; left < _original.Width; left += TileWidth)
        {
            float[] ring = _rings[left / TileWidth];
            int width = Math.Min(TileWidth, _original.Width - left);
            ClearSides(left, width);
            for (int y = _rows; y < end; y++)
            {
                if (y < available) Across(ring, y, left, width);
                else ring.AsSpan(Slot(y), Blurred * TileWidth).Clear();
                if (y >= Reach) Down(ring, y - Reach, left, width);
            }
        }
        _rows = end;
    }

    /// <summary>The norms of an image that is done.</summary>
    /// <param name="norms">Receives of ssim, artifact, lost: mean; then fourth root of the mean fourth power.</param>
    internal void Read(Span<double> norms)
    {
        double pixels = (double)_original.Width * _original.Height;
        (norms[0], norms[1], norms[2]) = (Lane.Total(_ssim) / pixels, Lane.Total(_artifact) / pixels, Lane.Total(_lost) / pixels);
        (norms[3], norms[4], norms[5]) = (Root(_ssim4), Root(_artifact4), Root(_lost4));

        double Root(Vector256<double> sums) => Math.Sqrt(Math.Sqrt(Lane.Total(sums) / pixels));
    }

    private static int Slot(int y) => (y + Taps) % Taps * Blurred * TileWidth;

    /// <summary>What stands beyond the image's sides is zero, and not what the last tile left there. What is read beyond that is of no column.</summary>
    private void ClearSides(int left, int width)
    {
        int right = Plane.Lanes + ((width + Plane.Lanes - 1) / Plane.Lanes * Plane.Lanes);
        for (int quantity = 0; quantity < Blurred; quantity++)
        {
            Span<float> row = _products.AsSpan(quantity * RowLength, RowLength);
            if (left == 0) row[..Plane.Lanes].Clear();
            if (left + width == _original.Width) row.Slice(right, Plane.Lanes).Clear();
        }
    }

    /// <summary>Makes the four products of a row and blurs them along it.</summary>
    private void Across(float[] ring, int y, int left, int width)
    {
        // The tile's first column stands at Lanes; Reach samples to either side are the neighbours', or zero beyond the image.
        int first = Math.Max(0, left - Plane.Lanes), end = Math.Min(_original.Width, left + width + Reach);
        ref float u = ref MemoryMarshal.GetReference(_original.Row(y)), v = ref MemoryMarshal.GetReference(_decoded.Row(y));
        ref float to = ref MemoryMarshal.GetArrayDataReference(_products);
        nuint shift = (nuint)(Plane.Lanes - left + first);
        int count = end - first;
        for (int i = 0; i < count; i += Plane.Lanes)
        {
            V vu = Vector256.LoadUnsafe(ref u, (nuint)(first + i)), vv = Vector256.LoadUnsafe(ref v, (nuint)(first + i)), d = vu - vv;
            V square = Vector256.FusedMultiplyAdd(vu, vu, vv * vv), change = d * d;
            if (count - i < Plane.Lanes)
            {
                V inside = Mask(count - i);
                (vu, d, change, square) = (vu & inside, d & inside, change & inside, square & inside);
            }
            nuint at = shift + (nuint)i;
            vu.StoreUnsafe(ref to, at);
            d.StoreUnsafe(ref to, at + RowLength);
            change.StoreUnsafe(ref to, at + (2 * RowLength));
            square.StoreUnsafe(ref to, at + (3 * RowLength));
        }
        V w0 = Tap(0), w1 = Tap(1), w2 = Tap(2), w3 = Tap(3), w4 = Tap(4);
        ref float blurred = ref MemoryMarshal.GetArrayDataReference(ring);
        for (int quantity = 0; quantity < Blurred; quantity++)
        {
            ref float row = ref Unsafe.Add(ref to, (quantity * RowLength) + Plane.Lanes - Reach);
            nuint slot = (nuint)(Slot(y) + (quantity * TileWidth));
            for (nuint x = 0; x < (nuint)width; x += Plane.Lanes)
            {
                V sum = Vector256.LoadUnsafe(ref row, x + 4) * w0;
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row, x + 3) + Vector256.LoadUnsafe(ref row, x + 5), w1, sum);
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row, x + 2) + Vector256.LoadUnsafe(ref row, x + 6), w2, sum);
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row, x + 1) + Vector256.LoadUnsafe(ref row, x + 7), w3, sum);
                sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref row, x) + Vector256.LoadUnsafe(ref row, x + 8), w4, sum);
                sum.StoreUnsafe(ref blurred, slot + x);
            }
        }
    }

    /// <summary>Blurs down the ring, makes the maps of one row and adds them up.</summary>
    private void Down(float[] ring, int centre, int left, int width)
    {
        ref float u = ref MemoryMarshal.GetReference(_original.Row(centre)[left..]), v = ref MemoryMarshal.GetReference(_decoded.Row(centre)[left..]);
        ref float blurred = ref MemoryMarshal.GetArrayDataReference(ring);
        nuint r0 = (nuint)Slot(centre), a1 = (nuint)Slot(centre - 1), b1 = (nuint)Slot(centre + 1), a2 = (nuint)Slot(centre - 2), b2 = (nuint)Slot(centre + 2);
        nuint a3 = (nuint)Slot(centre - 3), b3 = (nuint)Slot(centre + 3), a4 = (nuint)Slot(centre - 4), b4 = (nuint)Slot(centre + 4);
        V w0 = Tap(0), w1 = Tap(1), w2 = Tap(2), w3 = Tap(3), w4 = Tap(4), one = V.One, c2 = Vector256.Create(C2);
        Vector256<double> ssimSum = _ssim, ssim4 = _ssim4, artifactSum = _artifact, artifact4 = _artifact4, lostSum = _lost, lost4 = _lost4;
        for (int x = 0; x < width; x += Plane.Lanes)
        {
            V m1 = Blur(ref blurred, (nuint)x), md = Blur(ref blurred, (nuint)x + TileWidth);
            V change = Blur(ref blurred, (nuint)x + (2 * TileWidth)), squares = Blur(ref blurred, (nuint)x + (3 * TileWidth));
            V m2 = m1 - md, md2 = md * md;
            V d = Vector256.FusedMultiplyAdd(-m2, m2, Vector256.FusedMultiplyAdd(-m1, m1, squares)) + c2;
            V quotient = (change - md2) / d;
            V ssim = Vector256.Max(V.Zero, Vector256.FusedMultiplyAdd(one - md2, quotient, md2));
            V edge = Vector256.Abs(Vector256.LoadUnsafe(ref u, (nuint)x) - m1), edgeOfDecoded = Vector256.Abs(Vector256.LoadUnsafe(ref v, (nuint)x) - m2);
            V e = (edgeOfDecoded - edge) / (one + edge);
            if (width - x < Plane.Lanes)
            {
                V inside = Mask(width - x);
                (ssim, e) = (ssim & inside, e & inside);
            }
            V artifact = Vector256.Max(V.Zero, e), lost = Vector256.Max(V.Zero, -e);
            ssimSum = Lane.Add(ssimSum, ssim);
            artifactSum = Lane.Add(artifactSum, artifact);
            lostSum = Lane.Add(lostSum, lost);
            ssim *= ssim;
            artifact *= artifact;
            lost *= lost;
            ssim4 = Lane.Add(ssim4, ssim * ssim);
            artifact4 = Lane.Add(artifact4, artifact * artifact);
            lost4 = Lane.Add(lost4, lost * lost);
        }
        (_ssim, _ssim4, _artifact, _artifact4, _lost, _lost4) = (ssimSum, ssim4, artifactSum, artifact4, lostSum, lost4);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V Blur(ref float rows, nuint x)
        {
            V sum = Vector256.LoadUnsafe(ref rows, r0 + x) * w0;
            sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref rows, a1 + x) + Vector256.LoadUnsafe(ref rows, b1 + x), w1, sum);
            sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref rows, a2 + x) + Vector256.LoadUnsafe(ref rows, b2 + x), w2, sum);
            sum = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref rows, a3 + x) + Vector256.LoadUnsafe(ref rows, b3 + x), w3, sum);
            return Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref rows, a4 + x) + Vector256.LoadUnsafe(ref rows, b4 + x), w4, sum);
        }
    }

    private static V Tap(int i) => Vector256.Create(s_taps[i]);

    /// <summary>All bits of the first lanes.</summary>
    private static V Mask(int count) => Vector256.LessThan(Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), Vector256.Create((float)count));
}
