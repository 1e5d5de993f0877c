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
    private sealed class Moments
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
            int r = 0, g = 0, b = 0, u = 0, v = 0, w = 0, rr = 0, gg = 0, bb = 0, uu = 0, vv = 0, ww = 0;
            int ru = 0, rv = 0, rw = 0, gu = 0, gv = 0, gw = 0, bu = 0, bv = 0, bw = 0;
            for (int i = 0; i + 2 < original.Length && i + 2 < reconstruction.Length; i += 3)
            {
                int x = original[i], y = original[i + 1], z = original[i + 2], p = reconstruction[i], q = reconstruction[i + 1], s = reconstruction[i + 2];
                (r, g, b, u, v, w) = (r + x, g + y, b + z, u + p, v + q, w + s);
                (rr, gg, bb, uu, vv, ww) = (rr + (x * x), gg + (y * y), bb + (z * z), uu + (p * p), vv + (q * q), ww + (s * s));
                (ru, rv, rw) = (ru + (x * p), rv + (x * q), rw + (x * s));
                (gu, gv, gw) = (gu + (y * p), gv + (y * q), gw + (y * s));
                (bu, bv, bw) = (bu + (z * p), bv + (z * q), bw + (z * s));
            }
            Sum(_o, [r, g, b]);
            Sum(_t, [u, v, w]);
            Sum(_oo, [rr, gg, bb]);
            Sum(_tt, [uu, vv, ww]);
            Sum(_ot, [ru, rv, rw, gu, gv, gw, bu, bv, bw]);

            static void Sum(long[] into, ReadOnlySpan<int> more)
            {
                for (int i = 0; i < into.Length; i++) into[i] += more[i];
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
