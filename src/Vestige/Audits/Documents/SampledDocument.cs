using Vestige.Sources;

namespace Vestige.Audits.Documents;

/// <summary>One document of a sample.</summary>
/// <param name="Entry">Where it is from, or of which document it is the reconstruction; null for what was drawn now.</param>
/// <param name="Items">How many of its items are in the sample.</param>
/// <param name="Through">What a view saw of it, by the view's number; null where a codec could not take the document.</param>
internal sealed record SampledDocument<TItem>(Entry<TItem>? Entry, int Items, Func<int, ViewRecord>? Through)
{
    /// <summary>Its items, where they were drawn now and will be read again; else null.</summary>
    internal IReadOnlyList<TItem>? Held { get; init; }

    /// <summary>What the jackknife leaves out with it, numbered from 0.</summary>
    internal required int Cluster { get; init; }

    /// <summary>How many documents of its content the source has.</summary>
    internal int Weight { get; init; } = 1;

    /// <summary>Length of its last item over that of a whole one (<see cref="Medium.FullSize"/>).</summary>
    internal double LastSize { get; init; } = 1;

    internal bool IsUsable => Through is not null;

    /// <summary>Its length in whole items.</summary>
    internal double Size => Items - 1 + LastSize;

    /// <summary>The length of a document's last item over that of a whole one.</summary>
    /// <param name="medium">The medium of its source.</param>
    /// <param name="size">Its size in size units.</param>
    /// <param name="items">Its items, of which all but the last are whole.</param>
    internal static double LastSizeOf(Medium medium, long size, int items) =>
        medium.FullSize is { } full ? Math.Clamp((size - ((double)full * (items - 1))) / full, 1.0 / full, 1) : 1;
}
