namespace Vestige.Studies;

/// <summary>What a term says.</summary>
public enum TermKind
{
    /// <summary>The last level less the first: of a factor of more than two levels along the straight line through all of them.</summary>
    Main,

    /// <summary>How far the middle of a factor's levels stands over the line from its first to its last: a parabola's height.</summary>
    Curvature,

    /// <summary>Half of what one factor's main effect changes by from the first level of another to its last.</summary>
    Interaction,
}

/// <summary>A contrast of cells.</summary>
public sealed class StudyTerm
{
    private StudyTerm(string name, TermKind kind, IReadOnlyList<IReadOnlyList<int>> factors, double[] weights) =>
        (Name, Kind, Factors, Weights) = (name, kind, factors, weights);

    /// <summary>"dropout", "dropout x data", and of interactions that the design cannot tell apart all of them: "a x b + c x d".</summary>
    public string Name { get; }

    /// <summary>What it says.</summary>
    public TermKind Kind { get; }

    /// <summary>The factors of each interaction that it may be (one factor for a main effect), by number.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Factors { get; }

    /// <summary>The effect is the sum of these times the cells' responses.</summary>
    internal double[] Weights { get; }

    /// <summary>Main effects, curvatures, then two-factor interactions, as far as the cells tell them from each other.</summary>
    internal static IReadOnlyList<StudyTerm> Of(IReadOnlyList<Factor> factors, IReadOnlyList<IReadOnlyList<int>> cells)
    {
        double[][] trend = [.. factors.Select((factor, f) => cells.Select(cell => factor.Code(cell[f])).ToArray())];
        var terms = new List<StudyTerm>();
        for (int f = 0; f < factors.Count; f++) terms.Add(new(factors[f].Name, TermKind.Main, [[f]], Scaled(trend[f], 2)));
        for (int f = 0; f < factors.Count; f++)
        {
            if (factors[f].Levels.Count <= 2) continue;
            double mean = trend[f].Average(x => x * x);
            // The parabola a (x^2 - mean) at x = 0 stands a over... below its value at the ends: its height over the chord is -a.
            terms.Add(new(factors[f].Name + " curve", TermKind.Curvature, [[f]], Scaled([.. trend[f].Select(x => (x * x) - mean)], -1)));
        }
        var interactions = new List<(double[] Product, List<IReadOnlyList<int>> Which)>();
        for (int a = 0; a < factors.Count; a++)
        {
            for (int b = a + 1; b < factors.Count; b++)
            {
                double[] product = [.. trend[a].Zip(trend[b], (x, y) => x * y)];
                var same = interactions.FirstOrDefault(known => IsParallel(known.Product, product));
                if (same.Which is { } which) which.Add([a, b]);
                else interactions.Add((product, [[a, b]]));
            }
        }
        foreach ((double[] product, List<IReadOnlyList<int>> which) in interactions)
            terms.Add(new(string.Join(" + ", which.Select(pair => $"{factors[pair[0]].Name} x {factors[pair[1]].Name}")), TermKind.Interaction, which, Scaled(product, 2)));
        return terms;
    }

    /// <summary>A least-squares coefficient of orthogonal columns, times a factor.</summary>
    private static double[] Scaled(double[] column, double times)
    {
        double square = column.Sum(x => x * x);
        return [.. column.Select(x => times * x / square)];
    }

    // Of a regular fraction two products are the same, the opposite, or orthogonal.
    private static bool IsParallel(double[] a, double[] b)
    {
        double dot = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++) (dot, aa, bb) = (dot + (a[i] * b[i]), aa + (a[i] * a[i]), bb + (b[i] * b[i]));
        const double rounding = 1e-9;
        return dot * dot > (1 - rounding) * aa * bb;
    }
}
