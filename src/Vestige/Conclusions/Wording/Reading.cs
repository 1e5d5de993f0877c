using Vestige.Figures;

namespace Vestige.Conclusions.Wording;

/// <summary>What may be said of a share that is 0 for fresh real items. No sentence claims what the interval does not.</summary>
internal enum Reading
{
    /// <summary>It has no value.</summary>
    Unmeasured,

    /// <summary>Its interval reaches from nothing, or nearly, to what matters; or there is none.</summary>
    Untold,

    /// <summary>Its upper end is below what matters.</summary>
    None,

    /// <summary>Its lower end is above nothing.</summary>
    Clear,
}

/// <summary>Reads figures.</summary>
internal static class Readings
{
    /// <summary>"No more than fresh real ones" needs an upper end below this (design 3.5).</summary>
    internal const double Notable = 0.05;

    internal static Reading Of(Figure figure) => figure switch
    {
        { Value: null } => Reading.Unmeasured,
        { High: < Notable } => Reading.None,
        { Low: > 0 } => Reading.Clear,
        _ => Reading.Untold,
    };

    /// <summary>A share whose floor is not taken off beside that floor: above it with the whole interval.</summary>
    internal static bool IsAboveFloor(Figure figure) => figure.Low is { } low && low > (figure.Floor ?? 0);
}
