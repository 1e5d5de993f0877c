using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Worlds.Urns;

/// <summary>A distribution of clustered draws from an urn: the world's <c>p</c> or an oracle's <c>q</c>.</summary>
internal interface IUrnLaw
{
    /// <summary>How the items of a document depend on each other.</summary>
    Clusters Clusters { get; }

    /// <summary>One independent draw.</summary>
    int DrawOne(ref Rng rng);
}

/// <summary>Sampling from an <see cref="IUrnLaw"/> without going through a source.</summary>
internal static class UrnSampling
{
    /// <summary>Whole documents of at least <paramref name="units"/> items in all; the item at i is of document i / cluster.</summary>
    public static int[] Draw(this IUrnLaw law, int units, ulong seed)
    {
        int[] items = new int[law.Clusters.DocumentsFor(units) * law.Clusters.Size];
        var rng = new Rng(seed);
        for (int start = 0; start < items.Length; start += law.Clusters.Size)
            law.FillDocument(items.AsSpan(start, law.Clusters.Size), ref rng);
        return items;
    }

    /// <summary>Draws one document.</summary>
    public static void FillDocument(this IUrnLaw law, Span<int> document, ref Rng rng)
    {
        if (document.Length == 1)
        {
            document[0] = law.DrawOne(ref rng); // The theme and a fresh draw have one distribution.
            return;
        }
        int theme = law.DrawOne(ref rng);
        for (int i = 0; i < document.Length; i++)
            document[i] = rng.NextDouble() < law.Clusters.Stick ? theme : law.DrawOne(ref rng);
    }

    /// <summary>The items as a sample: a unit is one item and holds one atom, its type.</summary>
    public static AtomSample ToSample(this IUrnLaw law, ReadOnlySpan<int> items)
    {
        var sample = new AtomSample();
        for (int i = 0; i < items.Length; i++) sample.Add(i / law.Clusters.Size, (ulong)items[i]);
        return sample;
    }
}
