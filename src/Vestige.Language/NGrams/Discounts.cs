namespace Vestige.Language.NGrams;

/// <summary>What is taken off a count, by its size.</summary>
/// <param name="One">Of 1.</param>
/// <param name="Two">Of 2.</param>
/// <param name="More">Of 3 and more.</param>
internal readonly record struct Discounts(double One, double Two, double More)
{
    // Those of KenLM (Heafield et al. 2013) where the counts of counts give none.
    private static readonly Discounts s_fallback = new(0.5, 1, 1.5);

    /// <summary>Of a count.</summary>
    internal double Of(int count) => count switch
    {
        1 => One,
        2 => Two,
        _ => More,
    };

    /// <summary>Estimated from how many n-grams have a count of 1, 2, 3 and 4: Chen and Goodman 1999, equation 26.</summary>
    /// <returns>Each above 0, at most the count it is taken off; fixed ones where the estimate is not, as in tiny texts.</returns>
    internal static Discounts From(ReadOnlySpan<long> counts)
    {
        double n1 = counts[0], n2 = counts[1], n3 = counts[2], n4 = counts[3];
        double y = n1 / (n1 + (2 * n2));
        var estimate = new Discounts(1 - (2 * y * n2 / n1), 2 - (3 * y * n3 / n2), 3 - (4 * y * n4 / n3));
        return estimate is { One: > 0 and <= 1, Two: > 0 and <= 2, More: > 0 and <= 3 } ? estimate : s_fallback;
    }
}
