using Vestige.Numerics;
using Vestige.Samples;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Audits;

/// <summary>What all views saw of one document: for each view and item its atoms or its points.</summary>
internal sealed class Look
{
    private readonly ulong[][][] _atoms;
    private readonly float[][][] _points;

    private Look(int views)
    {
        _atoms = new ulong[views][][];
        _points = new float[views][][];
    }

    /// <summary>Number of items.</summary>
    internal int Items { get; private init; }

    /// <summary>Looks at a document's items.</summary>
    /// <param name="views">The views, in the audit's order.</param>
    /// <param name="items">The items.</param>
    /// <param name="document">The document they are of, or are reconstructions of: it fixes where points are taken.</param>
    internal static Look At<TItem>(IReadOnlyList<IView<TItem>> views, IReadOnlyList<TItem> items, string document)
    {
        var look = new Look(views.Count) { Items = items.Count };
        var set = new HashSet<ulong>();
        var list = new List<float>();
        for (int v = 0; v < views.Count; v++)
        {
            if (views[v] is IAtomView<TItem> atoms)
            {
                look._atoms[v] = new ulong[items.Count][];
                for (int i = 0; i < items.Count; i++)
                {
                    set.Clear();
                    atoms.Atoms(items[i], set);
                    look._atoms[v][i] = [.. set];
                }
            }
            else if (views[v] is IPointView<TItem> points)
            {
                look._points[v] = new float[items.Count][];
                for (int i = 0; i < items.Count; i++)
                {
                    list.Clear();
                    points.Points(items[i], Rng.Mix(Rng.Mix(0, document), (ulong)i), list);
                    look._points[v][i] = [.. list];
                }
            }
            else
            {
                throw new InvalidOperationException($"View {views[v].Name} is neither discrete nor continuous.");
            }
        }
        return look;
    }

    internal void AddAtoms(int view, int document, int items, AtomSample to)
    {
        for (int i = 0; i < Math.Min(items, Items); i++) to.Add(document, _atoms[view][i]);
    }

    internal void AddPoints(int view, int document, int items, PointSample to)
    {
        for (int i = 0; i < Math.Min(items, Items); i++) to.Add(document, _points[view][i]);
    }
}

/// <summary>The four real samples cut to the same number of units, after unusable documents have left.</summary>
/// <remarks>E3 compares T with H, and E5 G with A: their sizes must agree, or the larger one wins by its size alone.</remarks>
internal sealed class EqualSamples<TItem>
{
    private EqualSamples(int units, List<Part>[] parts)
    {
        Units = units;
        (Training, HeldOut, Floor, Yardstick) = (parts[0], parts[1], parts[2], parts[3]);
    }

    /// <summary>A document's first items.</summary>
    internal readonly record struct Part(Entry<TItem> Entry, int Items);

    /// <summary>Units in each sample.</summary>
    internal int Units { get; }

    internal List<Part> Training { get; }

    internal List<Part> HeldOut { get; }

    internal List<Part> Floor { get; }

    internal List<Part> Yardstick { get; }

    internal int Documents => Math.Min(Math.Min(Training.Count, HeldOut.Count), Math.Min(Floor.Count, Yardstick.Count));

    internal static EqualSamples<TItem> Of(Split<TItem> split, DocumentPass<TItem> pass)
    {
        IReadOnlyList<Entry<TItem>>[] samples = [split.Training, split.HeldOut, split.Floor, split.Yardstick];
        int units = samples.Min(sample => sample.Sum(entry => pass.LookAt(entry)?.Items ?? 0));
        return new EqualSamples<TItem>(units, [.. samples.Select(sample => Cut(sample, pass, units))]);
    }

    private static List<Part> Cut(IReadOnlyList<Entry<TItem>> sample, DocumentPass<TItem> pass, int units)
    {
        var parts = new List<Part>();
        foreach (Entry<TItem> entry in sample)
        {
            int items = Math.Min(pass.LookAt(entry)?.Items ?? 0, units);
            if (items == 0) continue;
            parts.Add(new Part(entry, items));
            units -= items;
        }
        return parts;
    }
}
