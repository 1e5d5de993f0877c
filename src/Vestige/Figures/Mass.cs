namespace Vestige.Figures;

/// <summary>What a mass may read: no share of anything lies outside [0, 1] by more than its own error.</summary>
internal static class Mass
{
    /// <summary>A mass: in [0, 1] where it has no interval, else outside by no more than half of it.</summary>
    /// <param name="made">As estimated.</param>
    /// <param name="most">What it cannot be more than.</param>
    /// <remarks>What is farther outside than that is no noise: the less is believed the farther it is, so that it ends at the end.</remarks>
    internal static Figure Within(Figure made, double most = 1)
    {
        if (made.Value is not { } x) return made;
        double half = made.High - x ?? 0;
        return made.Around(x < -half ? -half * half / -x : x > most + half ? most + (half * half / (x - most)) : x, half);
    }

    /// <summary>Generalized: what the two others leave, with an interval of its own.</summary>
    /// <param name="made">Generalized as its replicates have it.</param>
    /// <param name="memorized">As it is printed.</param>
    /// <param name="hallucinated">As it is printed.</param>
    /// <param name="raw">What the two would leave had neither to leave room for the other; by as much as that is under nothing by more than half of
    /// the interval, the less may there be something.</param>
    /// <remarks>
    /// It is no less sure than both are together. Where both are under nothing by chance it would be surely more than all there is: it is no farther beyond that than half
    /// of its interval.
    /// </remarks>
    internal static Figure Rest(Figure made, Figure memorized, Figure hallucinated, double raw = 0)
    {
        double half = Math.Min(made.High - made.Value ?? 0, Half(memorized) + Half(hallucinated)), rest = 1 - memorized.Value!.Value - hallucinated.Value!.Value;
        if (raw < -half) half *= half / -raw;
        return made.Around(half > 0 ? Math.Min(rest, 1 + half) : rest, half);
    }

    /// <summary>The least that a share of so few different documents vouches for: less one error of as many draws. Of three documents, over and over, one in
    /// seven lies by chance as far out as one real document in twenty.</summary>
    internal static double AtLeast(double share, int documents) => Math.Max(0, share - Error(share, documents));

    /// <summary>The error of a share that is a mean over so many draws.</summary>
    internal static double Error(double share, int draws) => Math.Sqrt(Math.Clamp(share, 0, 1) * (1 - Math.Clamp(share, 0, 1)) / draws);

    private static double Half(Figure figure) => Math.Max(figure.High - figure.Value ?? double.PositiveInfinity, figure.Value - figure.Low ?? double.PositiveInfinity);

    private static Figure Around(this Figure made, double value, double half) => made with
    {
        Value = value,
        Low = made.Low is null ? null : value - half,
        High = made.High is null ? null : value + half,
    };
}
