using System.Numerics;
using Vestige.Numerics;
using Vestige.Samples;
using Vestige.Views;
using Vestige.Worlds;

namespace Vestige.Calibrations;

/// <summary>The items of a world as a view sees them: their atoms, and the chance that a unit holds each atom.</summary>
internal sealed class ViewedItems
{
    private readonly AliasTable _draw;
    private readonly Dictionary<ulong, (ulong First, ulong Last)> _parts;

    private ViewedItems(IReadOnlyList<double> probabilities, ulong[][] atoms, Dictionary<ulong, (ulong First, ulong Last)> parts)
    {
        (Probabilities, Atoms, _parts) = (probabilities, atoms, parts);
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
        var parts = new Dictionary<ulong, (ulong, ulong)>();
        if (view is INestedView<TItem> nested)
            foreach (TItem item in items) nested.Parts(item, parts);
        return new ViewedItems(world.Probabilities, AtomsOf(view, items), parts);
    }

    internal int Draw(ref Rng rng) => _draw.Draw(ref rng);

    /// <summary>Strata by what T holds of the two shorter atoms in each: the octave of how often they would meet by chance. Null in a view without them.</summary>
    internal Func<ulong, byte>? Strata(int[] training)
    {
        if (_parts.Count == 0) return null;
        var counts = new Dictionary<ulong, long>();
        foreach (int number in training)
        {
            foreach (ulong part in Atoms[number].SelectMany(atom => new[] { _parts[atom].First, _parts[atom].Last }).Distinct())
                counts[part] = counts.GetValueOrDefault(part) + 1;
        }
        return atom => _parts.TryGetValue(atom, out (ulong First, ulong Last) parts)
            ? (byte)BitOperations.Log2((ulong)(counts.GetValueOrDefault(parts.First) * counts.GetValueOrDefault(parts.Last)) + 1)
            : (byte)0;
    }

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
