using System.Runtime.Intrinsics;
using Vestige.Images.Planes;
using I = System.Runtime.Intrinsics.Vector256<int>;

namespace Vestige.Images.Paired;

/// <summary>Mistakes of whole pictures that detail does not show: channels in another order, limited range taken for full.</summary>
/// <remarks>A change is told where undoing it leaves at most a quarter of the squared error (6 dB), and of the range also of the error that the best
/// constant offset leaves, and where the error is of some levels: a codec's own error is undone by neither.</remarks>
/// <param name="Exchanged">Which channel of the original each of the reconstruction's shows: "BGR" where red and blue are exchanged; null where they
/// are in order.</param>
/// <param name="Range">What happened to the range of levels.</param>
public readonly record struct GlobalChange(string? Exchanged, RangeChange Range)
{
    /// <summary>Mean squared error below which nothing is looked for: 4 grey levels, root mean square.</summary>
    private const double Least = 16;

    private const double Quarter = 0.25;

    // Video's limited range of 8-bit samples: 16 to 235 (ITU-R BT.601).
    private const double Black = 16, Scale = 219.0 / 255;

    private static readonly (string Name, int[] Order)[] s_orders =
        [("BGR", [2, 1, 0]), ("GRB", [1, 0, 2]), ("RBG", [0, 2, 1]), ("GBR", [1, 2, 0]), ("BRG", [2, 0, 1])];

    /// <summary>In words, or null where nothing is to be said.</summary>
    public string? Words => (Exchanged, Range) switch
    {
        ({ } order, _) => $"channels exchanged: its red, green and blue are the original's {Named(order[0])}, {Named(order[1])} and {Named(order[2])}",
        (_, RangeChange.Squeezed) => "limited range: its levels are the original's squeezed into 16 to 235, as of video that is shown as if it were full",
        (_, RangeChange.Stretched) => "limited range: its levels are the original's 16 to 235 stretched to 0 to 255, as if the original were limited",
        _ => null,
    };

    internal static GlobalChange Of(Picture original, Picture reconstruction, double error)
    {
        if (error < Least) return default;
        Moments m = Moments.Of(original.Rgb, reconstruction.Rgb);
        string? exchanged = null;
        double least = Quarter * error;
        foreach ((string name, int[] order) in s_orders)
        {
            double left = m.Error(order);
            if (left < least) (exchanged, least) = (name, left);
        }
        double shifted = m.ErrorOfOffset();
        RangeChange range = exchanged is not null ? RangeChange.None
            : Undone(m.Error(1 / Scale, -Black / Scale)) ? RangeChange.Squeezed
            : Undone(m.Error(Scale, Black)) ? RangeChange.Stretched
            : RangeChange.None;
        return new GlobalChange(exchanged, range);

        bool Undone(double left) => left < Quarter * Math.Min(error, shifted);
    }

    private static string Named(char channel) => channel switch { 'R' => "red", 'G' => "green", _ => "blue" };

    /// <summary>Sums over pixels, exact: squares of 2^31 pixels fit 63 bits.</summary>
    internal sealed class Moments
    {
        private readonly long[] _o = new long[3], _t = new long[3], _oo = new long[3], _tt = new long[3], _ot = new long[9];
        private long _pixels;

        internal static Moments Of(ReadOnlySpan<byte> original, ReadOnlySpan<byte> reconstruction)
        {
            var m = new Moments { _pixels = original.Length / 3 };
            // So many pixels' squares fit an int.
            const int most = 3 * 32768;
            for (int start = 0; start < original.Length; start += most)
            {
                int length = Math.Min(most, original.Length - start);
                m.Add(original.Slice(start, length), reconstruction.Slice(start, length));
            }
            return m;
        }

        private void Add(ReadOnlySpan<byte> original, ReadOnlySpan<byte> reconstruction)
        {
            I r = default, g = default, b = default, u = default, v = default, w = default, rr = default, gg = default, bb = default, uu = default, vv = default, ww = default;
            I ru = default, rv = default, rw = default, gu = default, gv = default, gw = default, bu = default, bv = default, bw = default;
            const int step = 3 * RgbLanes.Pixels;
            Span<byte> ends = stackalloc byte[2 * step];
            for (int i = 0; i < original.Length; i += step)
            {
                scoped ReadOnlySpan<byte> o = original[i..], t = reconstruction[i..];
                if (o.Length < step)
                {
                    // Zeros add nothing to any sum.
                    ends.Clear();
                    o.CopyTo(ends);
                    t.CopyTo(ends[step..]);
                    o = ends[..step];
                    t = ends[step..];
                }
                RgbLanes of = RgbLanes.Read(o), to = RgbLanes.Read(t);
                ((I x0, I x1), (I y0, I y1), (I z0, I z1)) = (RgbLanes.Whole(of.Red), RgbLanes.Whole(of.Green), RgbLanes.Whole(of.Blue));
                ((I p0, I p1), (I q0, I q1), (I s0, I s1)) = (RgbLanes.Whole(to.Red), RgbLanes.Whole(to.Green), RgbLanes.Whole(to.Blue));
                (r, g, b, u, v, w) = (r + x0 + x1, g + y0 + y1, b + z0 + z1, u + p0 + p1, v + q0 + q1, w + s0 + s1);
                (rr, gg, bb) = (rr + (x0 * x0) + (x1 * x1), gg + (y0 * y0) + (y1 * y1), bb + (z0 * z0) + (z1 * z1));
                (uu, vv, ww) = (uu + (p0 * p0) + (p1 * p1), vv + (q0 * q0) + (q1 * q1), ww + (s0 * s0) + (s1 * s1));
                (ru, rv, rw) = (ru + (x0 * p0) + (x1 * p1), rv + (x0 * q0) + (x1 * q1), rw + (x0 * s0) + (x1 * s1));
                (gu, gv, gw) = (gu + (y0 * p0) + (y1 * p1), gv + (y0 * q0) + (y1 * q1), gw + (y0 * s0) + (y1 * s1));
                (bu, bv, bw) = (bu + (z0 * p0) + (z1 * p1), bv + (z0 * q0) + (z1 * q1), bw + (z0 * s0) + (z1 * s1));
            }
            Sum(_o, [r, g, b]);
            Sum(_t, [u, v, w]);
            Sum(_oo, [rr, gg, bb]);
            Sum(_tt, [uu, vv, ww]);
            Sum(_ot, [ru, rv, rw, gu, gv, gw, bu, bv, bw]);

            static void Sum(long[] into, ReadOnlySpan<I> more)
            {
                for (int i = 0; i < into.Length; i++) into[i] += Vector256.Sum(more[i]);
            }
        }

        /// <summary>Mean squared error when channel c of the reconstruction is taken for channel order[c] of the original.</summary>
        internal double Error(int[] order) =>
            Enumerable.Range(0, 3).Sum(c => (double)(_oo[order[c]] + _tt[c] - (2 * _ot[(3 * order[c]) + c]))) / (3 * _pixels);

        /// <summary>Mean squared error of gain x reconstruction + offset.</summary>
        internal double Error(double gain, double offset) => Enumerable.Range(0, 3).Sum(c => _oo[c] - (2 * gain * _ot[4 * c]) - (2 * offset * _o[c])
            + (gain * gain * _tt[c]) + (2 * gain * offset * _t[c]) + (offset * offset * _pixels)) / (3 * _pixels);

        /// <summary>Mean squared error that is left when each channel's mean is made the original's.</summary>
        internal double ErrorOfOffset() => Enumerable.Range(0, 3).Sum(c => _oo[c] + _tt[c] - (2.0 * _ot[4 * c]) - (Math.Pow(_o[c] - _t[c], 2) / _pixels)) / (3 * _pixels);
    }
}

/// <summary>What happened to the range of levels.</summary>
public enum RangeChange
{
    /// <summary>Nothing that is known.</summary>
    None,

    /// <summary>0 to 255 became 16 to 235.</summary>
    Squeezed,

    /// <summary>16 to 235 became 0 to 255.</summary>
    Stretched,
}
