using MathNet.Numerics.Distributions;

namespace Vestige.Studies;

/// <summary>Effects from the responses of cells in blocks.</summary>
/// <remarks>
/// A term's contrast is taken inside each block, so that whatever differs between blocks and not between cells drops out. Its mean over blocks is the
/// effect; its variance over blocks is moderated over all terms of a response (Smyth 2004, <see cref="VariancePrior"/>): four blocks alone have three degrees
/// of freedom. Intervals hold for all terms of a response at once (Sidak 1967).
/// </remarks>
public static class Effects
{
    /// <summary>Chance that some interval of a response does not hold its effect.</summary>
    internal const double Miss = 0.05;

    /// <summary>Blocks that an error needs.</summary>
    public const int LeastBlocks = 2;

    /// <summary>Effects on one response.</summary>
    /// <param name="design">The design.</param>
    /// <param name="response">Name of the response.</param>
    /// <param name="values">The response of each block and cell; null where there is none.</param>
    public static IReadOnlyList<Effect> Of(StudyDesign design, string response, IReadOnlyList<IReadOnlyList<double?>> values)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(values);
        double[][] contrasts = [.. design.Terms.Select(term => values.Select(block => Contrast(term, block)).OfType<double>().ToArray())];
        // What rounding leaves of equal contrasts is no spread.
        double scale = values.SelectMany(block => block).OfType<double>().Select(Math.Abs).DefaultIfEmpty().Max() * 1e-12;
        (double Variance, int Degrees)?[] spreads = [.. contrasts.Select(c => c.Length < LeastBlocks ? ((double, int)?)null : (Variance(c), c.Length - 1))];
        var prior = VariancePrior.Of([.. spreads.OfType<(double Variance, int Degrees)>().Where(spread => spread.Variance > scale * scale)]);
        int told = spreads.Count(spread => spread is not null);
        return [.. design.Terms.Select((term, t) =>
        {
            double[] c = contrasts[t];
            var effect = new Effect { Response = response, Term = term.Name, Kind = term.Kind, Blocks = c.Length, BlocksLeftOut = values.Count - c.Length };
            if (spreads[t] is not { } spread) return effect;
            double mean = c.Average();
            // The same in every block: there is nothing to moderate; and what rounding leaves of equal responses is no effect.
            if (spread.Variance <= scale * scale)
            {
                double same = Math.Abs(mean) > scale ? mean : 0;
                return effect with { Value = same, Low = same, High = same, Error = 0, Degrees = spread.Degrees, P = same == 0 ? 1 : 0 };
            }
            (double variance, double degrees) = prior.Moderated(spread.Variance, spread.Degrees);
            double error = Math.Sqrt(variance / c.Length), each = 1 - Math.Pow(1 - Miss, 1.0 / told);
            double half = error * StudentT.InvCDF(0, 1, degrees, 1 - (each / 2));
            double p = 2 * StudentT.CDF(0, 1, degrees, -Math.Abs(mean) / error);
            return effect with { Value = mean, Low = mean - half, High = mean + half, Error = error, Degrees = degrees, P = p };
        })];
    }

    /// <summary>Gives each effect of a study its q-value.</summary>
    public static IReadOnlyList<Effect> Discoveries(IReadOnlyList<Effect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        int[] order = [.. Enumerable.Range(0, effects.Count).Where(i => effects[i].P is not null).OrderByDescending(i => effects[i].P)];
        var found = effects.ToArray();
        double least = 1;
        for (int k = 0; k < order.Length; k++)
        {
            least = Math.Min(least, effects[order[k]].P!.Value * order.Length / (order.Length - k));
            found[order[k]] = effects[order[k]] with { Q = least };
        }
        return found;
    }

    /// <summary>The half-width that an effect of a two-level factor will have where cells of a block differ by this spread.</summary>
    /// <param name="design">The design.</param>
    /// <param name="spread">Standard deviation over blocks of a cell's response, after its block's mean is taken off.</param>
    /// <param name="blocks">Blocks.</param>
    public static double Expected(StudyDesign design, double spread, int blocks)
    {
        ArgumentNullException.ThrowIfNull(design);
        int terms = design.Terms.Count;
        double each = 1 - Math.Pow(1 - Miss, 1.0 / terms), degrees = Math.Max(1, (blocks - 1) * Math.Min(terms, 8));
        double error = spread * 2 / Math.Sqrt((double)design.Cells.Count * blocks);
        return error * StudentT.InvCDF(0, 1, degrees, 1 - (each / 2));
    }

    private static double? Contrast(StudyTerm term, IReadOnlyList<double?> block)
    {
        double sum = 0;
        for (int cell = 0; cell < term.Weights.Length; cell++)
        {
            if (term.Weights[cell] == 0) continue;
            if (block[cell] is not { } value || !double.IsFinite(value)) return null;
            sum += term.Weights[cell] * value;
        }
        return sum;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1);
    }
}
