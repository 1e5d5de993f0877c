namespace Vestige.Figures;

/// <summary>Sums over documents, kept by jackknife group: all that a figure that is a function of sums needs of a sample, however large it is.</summary>
/// <param name="width">Quantities that are summed.</param>
public sealed class GroupedSums(int width)
{
    private readonly double[][] _groups = new double[Jackknife.MaxGroups][];

    /// <summary>The sums over documents that are at hand.</summary>
    /// <param name="documents">What each adds, all of one length.</param>
    public static GroupedSums Of(IReadOnlyList<double[]> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var sums = new GroupedSums(documents.Count == 0 ? 0 : documents[0].Length);
        foreach (double[] document in documents) sums.Add(document);
        return sums;
    }

    /// <summary>How many were added.</summary>
    public int Documents { get; private set; }

    /// <summary>Adds a document; they come in the random order in which they were dealt or drawn.</summary>
    /// <param name="values">What it adds to each sum.</param>
    public void Add(params ReadOnlySpan<double> values)
    {
        if (values.Length != width) throw new ArgumentException($"{values.Length} values for {width} sums", nameof(values));
        double[] group = _groups[Jackknife.GroupOf(Documents++, Jackknife.MaxGroups)] ??= new double[width];
        for (int k = 0; k < width; k++) group[k] += values[k];
    }

    /// <summary>The sums over all, or over all but one group.</summary>
    internal double[] Total(int without = -1)
    {
        // Added anew for each group: what is infinite in a sum cannot be taken out of it again.
        double[] total = new double[width];
        for (int group = 0; group < Jackknife.Groups(Documents); group++)
        {
            if (group == without) continue;
            for (int k = 0; k < width; k++) total[k] += _groups[group][k];
        }
        return total;
    }
}
