using MathNet.Numerics.Distributions;
using Vestige.Numerics;

namespace Vestige.Worlds.Mixtures;

/// <summary>The distribution <c>p</c> of <c>world:mixture</c>: Gaussians of unit variance, far apart, with weights from 3 to 1.</summary>
/// <remarks>
/// <para>A point lies within <see cref="Radius"/> of its centre but for a chance of 10⁻⁶, and centres are at least 4 Radius apart: where
/// no point of the samples is that one in a million, each is nearer to every point of its own mode than to any point of another.</para>
/// <para>The centres are rows of a harmonic frame, (cos 2πfj/K, sin 2πfj/K) for f = 1 .. d/2, with more modes than dimensions: their mean
/// is 0 and they spread alike in all directions, so that whitening, which would shrink the directions in which only a few centres differ,
/// is nearly a change of scale. In one dimension they are equally spaced. Invented modes are the first centres again, three times as far
/// out (in one dimension: beyond the end of the line).</para>
/// </remarks>
internal sealed class Mixture : IMixtureLaw
{
    /// <summary>Modes that an oracle can invent; few, so that each has enough points to be a mode.</summary>
    public const int InventedModes = 2;

    private const double OutsideRadius = 1e-6;

    private readonly AliasTable _alias;
    private readonly float[][] _centres;

    /// <summary>The mixture with these settings.</summary>
    public Mixture(MixtureOptions options)
    {
        Options = options;
        int modes = options.Modes;
        double[] weights = new double[modes];
        for (int m = 0; m < modes; m++) weights[m] = (3 - (2.0 * m / (modes - 1))) / (2 * modes);
        Weights = weights;
        _alias = new AliasTable(weights);

        // Rounded up to a tenth, so that the last bits of a quantile do not decide coordinates.
        Radius = Math.Ceiling(10 * Math.Sqrt(ChiSquared.InvCDF(options.Dimensions, 1 - OutsideRadius))) / 10;
        _centres = new float[modes + InventedModes][];
        double scale = 4 * Radius / (options.Dimensions == 1 ? 1 : NearestRows(options));
        for (int m = 0; m < _centres.Length; m++)
        {
            double[] centre = Row(options, m);
            double stretch = m >= modes && options.Dimensions > 1 ? 3 * scale : scale;
            _centres[m] = [.. centre.Select(c => (float)(stretch * c))];
        }
    }

    /// <summary>The settings.</summary>
    public MixtureOptions Options { get; }

    /// <summary>Weight of each mode, decreasing, sum 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Distance from its centre that a point exceeds with a chance of 10⁻⁶.</summary>
    public double Radius { get; }

    /// <inheritdoc/>
    public Mixture World => this;

    /// <inheritdoc/>
    public int DrawComponent(ref Rng rng) => _alias.Draw(ref rng);

    /// <summary>The centre of a mode; modes from <see cref="MixtureOptions.Modes"/> on are the invented ones.</summary>
    public ReadOnlySpan<float> Centre(int mode) => _centres[mode];

    private static double[] Row(MixtureOptions options, int mode)
    {
        int modes = options.Modes;
        if (options.Dimensions == 1) return [mode - ((modes - 1) / 2.0)];
        double[] row = new double[options.Dimensions];
        for (int i = 0; i < row.Length; i++)
        {
            double angle = 2 * Math.PI * ((i / 2) + 1) * (mode % modes) / modes;
            row[i] = i % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle);
        }
        return row;
    }

    /// <summary>The least distance between two rows; by symmetry all rows see the same distances.</summary>
    private static double NearestRows(MixtureOptions options)
    {
        double[] first = Row(options, 0);
        return Enumerable.Range(1, options.Modes - 1)
            .Min(m => Math.Sqrt(first.Zip(Row(options, m), (a, b) => (a - b) * (a - b)).Sum()));
    }
}
