using Vestige.Figures;
using Vestige.Results;

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

    internal static Reading Of(Figure figure) => Of(figure, 1);

    /// <summary>Lost is read beside what there is to lose: where fresh real samples hold .03 of unseen items, what has lost all of that reads .03.</summary>
    internal static Reading OfLost(Ledger ledger) => Of(ledger.Lost, ToLose(ledger));

    /// <summary>The most that lost can be: what fresh samples of this size hold of a discrete view. What points lose is a share of all.</summary>
    internal static double ToLose(Ledger ledger) => ledger.Invented is not null && ledger.Lost.Floor is { } floor ? 1 - floor : 1;

    private static Reading Of(Figure figure, double most) => figure switch
    {
        { Value: null } => Reading.Unmeasured,
        // Surely fewer than fresh samples lose of what they hardly hold: it gives what recurs oftener, and what is rare may be gone.
        { High: < 0 } when most < 1 => Reading.Untold,
        { High: { } high } when high < Notable * most => Reading.None,
        { Low: > 0 } => Reading.Clear,
        _ => Reading.Untold,
    };

    /// <summary>A share whose floor is not taken off beside that floor: above it with the whole interval.</summary>
    internal static bool IsAboveFloor(Figure figure) => figure.Low is { } low && low > (figure.Floor ?? 0);
}
