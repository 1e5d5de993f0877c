using Vestige.Numerics;
using Vestige.Worlds;
using Vestige.Worlds.Oracles;

namespace Vestige.Calibrations;

/// <summary>A compressor of a world in closed form: what it makes of each item, or its q of all items.</summary>
internal sealed class WorldLaw
{
    private readonly ulong[][]? _made;
    private readonly double[] _items;
    private readonly double _memorize;
    private readonly AliasTable? _draw;

    private WorldLaw(ulong[][]? made, double[] items, double falsehoods, double memorize, int[]? training)
    {
        (_made, _items, Falsehoods, _memorize, Training) = (made, items, falsehoods, memorize, training);
        // What is memorized is a draw of its own.
        if (made is null) _draw = new AliasTable([.. items, falsehoods, memorize]);
    }

    /// <summary>Whether G is made of T.</summary>
    internal bool IsCodec => _made is not null;

    /// <summary>The T that it was trained on; null where each T will do.</summary>
    internal int[]? Training { get; }

    /// <summary>q of what is no item of the world.</summary>
    internal double Falsehoods { get; }

    internal static WorldLaw Codec(ulong[][] made) => new(made, [], 0, 0, null);

    internal static WorldLaw Density(Masses masses, int[] training) => new(null, masses.Items, masses.Falsehoods.Sum(), 0, training);

    internal static WorldLaw Oracle(IReadOnlyList<double> p, OracleOptions options) =>
        new(null, [.. BaseDistribution.Of(p, options).Select(q => options.Base * q)], options.Invent, options.Memorize, null);

    /// <summary>The atoms of each unit of G; of what is no item an atom that nothing else has.</summary>
    internal ulong[][] Generate(ViewedItems items, int[] training, Rng rng)
    {
        if (_made is not null) return [.. training.Select(number => _made[number])];
        ulong[][] units = new ulong[training.Length][];
        for (int i = 0; i < units.Length; i++)
        {
            int drawn = _draw!.Draw(ref rng);
            units[i] = drawn < _items.Length ? items.Atoms[drawn]
                : drawn == _items.Length ? [ulong.MaxValue - (ulong)i]
                : items.Atoms[training[rng.NextInt(training.Length)]];
        }
        return units;
    }

    /// <summary>Q of each atom: the chance that a unit of q holds it.</summary>
    internal Dictionary<ulong, double> Chances(ViewedItems items, int[] training)
    {
        var chances = new Dictionary<ulong, double>();
        void Add(ulong[] atoms, double mass)
        {
            if (mass == 0) return;
            foreach (ulong atom in atoms) chances[atom] = chances.GetValueOrDefault(atom) + mass;
        }

        for (int x = 0; x < items.Atoms.Length; x++) Add(_made is null ? items.Atoms[x] : _made[x], _made is null ? _items[x] : items.Probabilities[x]);
        if (_memorize > 0)
            foreach (int number in training) Add(items.Atoms[number], _memorize / training.Length);
        return chances;
    }
}
