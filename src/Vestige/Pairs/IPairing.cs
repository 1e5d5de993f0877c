using Vestige.Results;

namespace Vestige.Pairs;

/// <summary>What is measured of each reconstruction beside its original, for kinds of items that compare one by one.</summary>
public interface IPairing<TItem>
{
    /// <summary>What is measured; the first is the quality at which codecs are matched.</summary>
    IReadOnlyList<PairedMeasure> Measures { get; }

    /// <summary>Makes the original's side, once for all its reconstructions.</summary>
    IPairedSide<TItem> Prepare(TItem original);

    /// <summary>Whether items are texts, to be read, and <see cref="ShowText"/> gives them.</summary>
    bool ShowsText => false;

    /// <summary>Both as text in pieces, for a person to read side by side; null for a kind of items that is shown in files.</summary>
    (IReadOnlyList<TextSpan> Original, IReadOnlyList<TextSpan> Reconstruction)? ShowText(TItem original, TItem reconstruction) => null;
}

/// <summary>An original, ready to be compared with.</summary>
public interface IPairedSide<in TItem>
{
    /// <summary>Measures a reconstruction: one value a measure, NaN where it cannot be measured.</summary>
    double[] Compare(TItem reconstruction);

    /// <summary>Where it changed most, for a person to look at: a caption that says what is to be seen, and files with their labels.</summary>
    (string Caption, IReadOnlyList<(string Label, byte[] File)> Files) Show(TItem reconstruction);
}

/// <summary>One thing that is measured: all that tables, items.csv and the page need to know of it stands here and nowhere else.</summary>
/// <param name="Name">"ssimulacra2": in JSON and CSV.</param>
/// <param name="Unit">As in a <see cref="Figures.Figure"/>.</param>
/// <param name="MoreIsBetter">Whether a larger value is better; the worst are then the smallest.</param>
public record PairedMeasure(string Name, string Unit, bool MoreIsBetter)
{
    /// <summary>"SSIMULACRA 2": over a column.</summary>
    public string Label { get; init; } = Name;

    /// <summary>What it is, in a sentence.</summary>
    public string What { get; init; } = "";

    /// <summary>Decimals that a table shows of it.</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>Whether it has a column in the table of a terminal; the others are in the JSON, in items.csv and on the page.</summary>
    public bool IsMain { get; init; }

    /// <summary>Whether codecs are compared by it at the same bytes.</summary>
    public bool IsCompared { get; init; }

    /// <summary>Whether it is a response of studies.</summary>
    public bool IsStudied { get; init; }

    /// <summary>From the mean of the values to the figure for people; monotone. Itself where nothing else is said.</summary>
    public Func<double, double> Show { get; init; } = x => x;

    /// <summary>Whether more of what people read is better: decibels rise where squared errors fall.</summary>
    public bool MoreShownIsBetter => Show(1) > Show(2) ? !MoreIsBetter : MoreIsBetter;

    /// <summary>What is to be said of its summary under a table, or null where nothing is: "shifts images by 2.0 pixels". Takes the summary, the
    /// number of documents and the word for them.</summary>
    public Func<PairedSummary, int, string, string?> Remark { get; init; } = (_, _, _) => null;

    internal PairedMeasureInfo Info => new(Name, Label, Unit, What, MoreIsBetter, IsMain, IsCompared, Decimals);
}
