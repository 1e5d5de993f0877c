using Vestige.Sources;

namespace Vestige.Audits;

/// <summary>The four real samples cut to the same number of units, after unusable documents have left.</summary>
/// <remarks>E3 compares T with H, and E5 G with A: their sizes must agree, or the larger one wins by its size alone.</remarks>
internal sealed class EqualSamples<TItem>
{
    private EqualSamples(int units, List<Part<TItem>>[] parts)
    {
        Units = units;
        (Training, HeldOut, Floor, Yardstick) = (parts[0], parts[1], parts[2], parts[3]);
    }

    /// <summary>Units in each sample.</summary>
    internal int Units { get; }

    internal List<Part<TItem>> Training { get; }

    internal List<Part<TItem>> HeldOut { get; }

    internal List<Part<TItem>> Floor { get; }

    internal List<Part<TItem>> Yardstick { get; }

    internal int Documents => Math.Min(Math.Min(Training.Count, HeldOut.Count), Math.Min(Floor.Count, Yardstick.Count));

    internal static EqualSamples<TItem> Of(Split<TItem> split, DocumentPass<TItem> pass)
    {
        IReadOnlyList<Entry<TItem>>[] samples = [split.Training, split.HeldOut, split.Floor, split.Yardstick];
        int units = samples.Min(sample => sample.Sum(pass.Items));
        return new EqualSamples<TItem>(units, [.. samples.Select(sample => Cut(sample, pass, units))]);
    }

    /// <summary>The first documents that hold so many units, the last of them cut.</summary>
    internal static List<Part<TItem>> Cut(IReadOnlyList<Entry<TItem>> sample, DocumentPass<TItem> pass, int units)
    {
        var parts = new List<Part<TItem>>();
        foreach (Entry<TItem> entry in sample)
        {
            int items = Math.Min(pass.Items(entry), units);
            if (items == 0) continue;
            parts.Add(new Part<TItem>(entry, items));
            units -= items;
        }
        return parts;
    }
}

/// <summary>A document's first items.</summary>
internal readonly record struct Part<TItem>(Entry<TItem> Entry, int Items);
