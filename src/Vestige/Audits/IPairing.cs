namespace Vestige.Audits;

/// <summary>What is measured of each reconstruction beside its original, for kinds of items that compare one by one.</summary>
public interface IPairing<TItem>
{
    /// <summary>What is measured; the first is the quality at which codecs are matched.</summary>
    IReadOnlyList<PairedMeasure> Measures { get; }

    /// <summary>Makes the original's side, once for all its reconstructions.</summary>
    IPairedSide<TItem> Prepare(TItem original);
}

/// <summary>An original, ready to be compared with.</summary>
public interface IPairedSide<in TItem>
{
    /// <summary>Measures a reconstruction: one value a measure, NaN where it cannot be measured.</summary>
    double[] Compare(TItem reconstruction);

    /// <summary>Where it changed most, for a person to look at: a caption that says what is to be seen, and files with their labels.</summary>
    (string Caption, IReadOnlyList<(string Label, byte[] File)> Files) Show(TItem reconstruction);
}

/// <summary>One thing that is measured.</summary>
/// <param name="Name">"ssimulacra2".</param>
/// <param name="Unit">As in a <see cref="Results.Figure"/>.</param>
/// <param name="MoreIsBetter">Whether a larger value is better; the worst are then the smallest.</param>
public sealed record PairedMeasure(string Name, string Unit, bool MoreIsBetter)
{
    /// <summary>Whether codecs are compared by it at the same bytes.</summary>
    public bool IsCompared { get; init; }

    /// <summary>From the mean of the values to the figure for people; monotone. Itself where nothing else is said.</summary>
    public Func<double, double> Show { get; init; } = x => x;
}
