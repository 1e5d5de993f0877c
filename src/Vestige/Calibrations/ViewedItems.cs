using Vestige.Numerics;
using Vestige.Samples;
using Vestige.Views;
using Vestige.Worlds;

namespace Vestige.Calibrations;

/// <summary>The items of a world as a view sees them: their atoms, and the chance that a unit holds each atom.</summary>
internal sealed class ViewedItems
{
    private readonly AliasTable _draw;

    private ViewedItems(IReadOnlyList<double> probabilities, ulong[][] atoms)
    {
        (Probabilities, Atoms) = (probabilities, atoms);
        _draw = new AliasTable([.. probabilities]);
        Chances = [];
        for (int x = 0; x < atoms.Length; x++)
            foreach (ulong atom in atoms[x]) Chances[atom] = Chances.GetValueOrDefault(atom) + probabilities[x];
    }

    /// <summary>p of each item.</summary>
    internal IReadOnlyList<double> Probabilities { get; }

    /// <summary>The atoms of each item.</summary>
    internal ulong[][] Atoms { get; }

    /// <summary>P of each atom: the chance that a unit holds it.</summary>
    internal Dictionary<ulong, double> Chances { get; }

    internal static ViewedItems Of<TItem>(IWorld<TItem> world, IAtomView<TItem> view)
    {
        TItem[] items = [.. Enumerable.Range(0, world.Probabilities.Count).Select(world.Item)];
        return new ViewedItems(world.Probabilities, AtomsOf(view, items));
    }

    internal int Draw(ref Rng rng) => _draw.Draw(ref rng);

    /// <summary>What a codec makes of each item, as the view sees it.</summary>
    internal static ulong[][] Made<TItem>(IAtomView<TItem> view, IEnumerable<TItem> reconstructions) => AtomsOf(view, reconstructions);

    internal AtomSample Sample(int[] numbers) => Sample([.. numbers.Select(number => Atoms[number])]);

    /// <summary>Units as a sample, each a document.</summary>
    internal static AtomSample Sample(ulong[][] units)
    {
        var sample = new AtomSample();
        for (int i = 0; i < units.Length; i++) sample.Add(i, units[i]);
        return sample;
    }

    private static ulong[][] AtomsOf<TItem>(IAtomView<TItem> view, IEnumerable<TItem> items) =>
    [
        .. items.Select(item =>
        {
            var atoms = new HashSet<ulong>();
            view.Atoms(item, atoms);
            return atoms.ToArray();
        }),
    ];
}
