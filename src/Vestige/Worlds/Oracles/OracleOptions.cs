using Vestige.Specs;

namespace Vestige.Worlds.Oracles;

/// <summary>The settings of a compressor made to measure, checked: how its <c>q</c> differs from the world's <c>p</c>.</summary>
/// <remarks>
/// <c>q = (1 - Invent - Memorize) base(p) + Memorize Uniform(T) + Invent (items outside the support of p)</c>, where base drops, then
/// truncates, then tempers (<see cref="BaseDistribution"/>). With the defaults q is p.
/// </remarks>
internal sealed record OracleOptions
{
    /// <summary>Checks and keeps the settings.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it and the range.</exception>
    public OracleOptions(double drop = 0, double truncate = 1, double temper = 1, double invent = 0, double memorize = 0)
    {
        Table.Check(drop, truncate, temper, invent, memorize);
        if (invent + memorize > 1) throw Table.Error("invent", invent, $"with memorize={memorize:R} the two must add up to at most 1");
        Drop = drop;
        Truncate = truncate;
        Temper = temper;
        Invent = invent;
        Memorize = memorize;
    }

    /// <summary>The settings with their ranges.</summary>
    public static OptionTable Table { get; } = new("oracle", "a compressor made to measure, for worlds",
    [
        OptionSpec.Number("drop", 0, 0.9m, 0, "mass of p that is dropped, evenly over the ranks"),
        OptionSpec.Number("truncate", 0.01m, 1, 1, "mass of the most probable items that is kept"),
        OptionSpec.Number("temper", 0.1m, 10, 1, "exponent t of q ∝ p^t"),
        OptionSpec.Number("invent", 0, 1, 0, "mass of q on items that are not in the world"),
        OptionSpec.Number("memorize", 0, 1, 0, "mass of q on uniform draws from the training items"),
    ]);

    /// <summary>Mass of p dropped, evenly over the ranks.</summary>
    public double Drop { get; }

    /// <summary>Of what is left, the smallest set of most probable items with at least this mass is kept.</summary>
    public double Truncate { get; }

    /// <summary>Exponent t of <c>q ∝ p^t</c>: over 1 is sharper than p, under 1 flatter.</summary>
    public double Temper { get; }

    /// <summary>Mass of q on items outside the support of p.</summary>
    public double Invent { get; }

    /// <summary>Mass of q on uniform draws from the items of T.</summary>
    public double Memorize { get; }

    /// <summary>Mass of q on base(p).</summary>
    public double Base => Math.Max(0, 1 - (Invent + Memorize)); // The sum may round to just over 1.

    /// <summary>Checks that there is something to memorize, if anything is to be.</summary>
    /// <exception cref="ArgumentException">There is no training item.</exception>
    public void CheckTraining(int items)
    {
        if (Memorize > 0 && items == 0) throw Table.Error("memorize", Memorize, "there is no training item to memorize");
    }

    /// <summary>The canonical name, <c>oracle:drop=0.2,invent=0.1</c>.</summary>
    public string Name => Table.Describe(Drop, Truncate, Temper, Invent, Memorize);
}
