using System.Numerics;
using Vestige.Samples;

namespace Vestige.Estimators;

/// <summary>Which of the four samples of a ledger.</summary>
internal enum Role
{
    /// <summary>T.</summary>
    Training,

    /// <summary>H.</summary>
    HeldOut,

    /// <summary>A, which sets the floors.</summary>
    Floor,

    /// <summary>G, the audited sample.</summary>
    Generated,
}

/// <summary>The one counting primitive: in how many units of each of the four samples each atom stands.</summary>
/// <remarks>
/// Exact. Memory is bounded: above <c>limit</c> distinct atoms only those whose hash falls under a threshold are kept, the same in
/// all samples, so that every ratio of counts stays an unbiased estimate. The threshold is the largest power of one half that
/// fits; the set kept does not depend on the order in which atoms arrive.
/// </remarks>
internal sealed class AtomTable
{
    /// <summary>Distinct atoms kept unless the caller says otherwise; about 100 bytes each at most.</summary>
    internal const int DefaultLimit = 4_000_000;

    internal const int Roles = 4;

    private readonly int[][] _counts = new int[Roles][];
    private readonly int[][] _atoms = new int[Roles][];
    private readonly int[][] _ends = new int[Roles][];
    private readonly bool[] _firstInDocument;

    private AtomTable(AtomSample[] samples, Func<ulong, byte>? stratum, int limit)
    {
        Samples = samples;
        var index = new AtomIndex(limit);
        foreach (AtomSample sample in samples)
        {
            for (int unit = 0; unit < sample.Units; unit++)
            {
                foreach (ulong atom in sample.AtomsOf(unit)) index.Add(atom);
            }
        }
        Distinct = index.Count;
        Kept = index.Share;
        Strata = stratum is null ? null : new byte[Distinct];
        for (int role = 0; role < Roles; role++)
        {
            AtomSample sample = samples[role];
            int[] counts = _counts[role] = new int[Distinct];
            int[] atoms = new int[sample.Incidences];
            int kept = 0;
            int[] ends = _ends[role] = new int[sample.Units];
            for (int unit = 0; unit < sample.Units; unit++)
            {
                foreach (ulong atom in sample.AtomsOf(unit))
                {
                    int id = index.Find(atom);
                    if (id < 0) continue;
                    if (Strata is not null) Strata[id] = stratum!(atom);
                    counts[id]++;
                    atoms[kept++] = id;
                }
                ends[unit] = kept;
            }
            if (kept < atoms.Length) Array.Resize(ref atoms, kept);
            _atoms[role] = atoms;
        }
        _firstInDocument = FirstInDocument(samples[(int)Role.HeldOut]);
    }

    /// <summary>Counts the four samples, given in the order of <see cref="Role"/>.</summary>
    /// <param name="training">T.</param>
    /// <param name="heldOut">H.</param>
    /// <param name="floor">A.</param>
    /// <param name="generated">G.</param>
    /// <param name="limit">Distinct atoms to keep.</param>
    /// <param name="stratum">The stratum of an atom (<see cref="NoveltyStrata"/>).</param>
    internal static AtomTable Count(AtomSample training, AtomSample heldOut, AtomSample floor, AtomSample generated, int limit = DefaultLimit,
        Func<ulong, byte>? stratum = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new AtomTable([training, heldOut, floor, generated], stratum, limit);
    }

    internal AtomSample[] Samples { get; }

    /// <summary>Distinct atoms kept.</summary>
    internal int Distinct { get; }

    /// <summary>The stratum of each atom (Distinct); null where atoms have none.</summary>
    internal byte[]? Strata { get; }

    /// <summary>Share of all possible atoms that was kept: 1, or a power of one half.</summary>
    internal double Kept { get; }

    /// <summary>Units of <paramref name="role"/> that hold each atom (Distinct).</summary>
    internal int[] Counts(Role role) => _counts[(int)role];

    /// <summary>Dense numbers of the kept atoms of a unit.</summary>
    internal ReadOnlySpan<int> AtomsOf(Role role, int unit)
    {
        int[] ends = _ends[(int)role];
        int start = unit == 0 ? 0 : ends[unit - 1];
        return _atoms[(int)role].AsSpan(start..ends[unit]);
    }

    /// <summary>For each atom of a unit of H whether no earlier unit of the same document holds it, in the order of <see cref="AtomsOf"/>.</summary>
    internal ReadOnlySpan<bool> FirstInDocument(int unit)
    {
        int[] ends = _ends[(int)Role.HeldOut];
        int start = unit == 0 ? 0 : ends[unit - 1];
        return _firstInDocument.AsSpan(start..ends[unit]);
    }

    /// <summary>What thinning looks at: a bijection of 64 bits (the finalizer of MurmurHash3), so that no two atoms collide and small
    /// integers spread.</summary>
    internal static ulong Hash(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xff51afd7ed558ccd;
        x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53;
        return BitOperations.RotateLeft(x ^ (x >> 33), 17);
    }

    private bool[] FirstInDocument(AtomSample heldOut)
    {
        bool[] first = new bool[_atoms[(int)Role.HeldOut].Length];
        var seen = new HashSet<(int Document, int Atom)>();
        bool alone = heldOut.Documents == heldOut.Units;
        int i = 0;
        for (int unit = 0; unit < heldOut.Units; unit++)
        {
            foreach (int id in AtomsOf(Role.HeldOut, unit)) first[i++] = alone || seen.Add((heldOut.DocumentOf(unit), id));
        }
        return first;
    }

    /// <summary>Open addressing from atoms to dense numbers, with thinning.</summary>
    private sealed class AtomIndex
    {
        private readonly int _limit;
        private ulong[] _keys = new ulong[1 << 10];
        private int[] _ids = new int[1 << 10];
        private ulong _threshold = ulong.MaxValue;

        internal AtomIndex(int limit)
        {
            _limit = limit;
            Array.Fill(_ids, -1);
        }

        internal int Count { get; private set; }

        internal double Share => _threshold == ulong.MaxValue ? 1 : ((double)_threshold + 1) / Math.Pow(2, 64);

        internal void Add(ulong atom)
        {
            if (Hash(atom) > _threshold) return;
            int slot = Slot(atom);
            if (_ids[slot] >= 0) return;
            _keys[slot] = atom;
            _ids[slot] = Count++;
            if (Count > _limit)
            {
                do
                {
                    _threshold >>= 1;
                    Rebuild(_keys.Length);
                }
                while (Count > _limit);
            }
            else if (Count * 2 > _keys.Length)
            {
                Rebuild(_keys.Length * 2);
            }
        }

        internal int Find(ulong atom) => Hash(atom) > _threshold ? -1 : _ids[Slot(atom)];

        private int Slot(ulong atom)
        {
            int mask = _keys.Length - 1;
            // The low bits choose the slot; the high bits are what the threshold looks at.
            int slot = (int)Hash(atom) & mask;
            while (_ids[slot] >= 0 && _keys[slot] != atom) slot = (slot + 1) & mask;
            return slot;
        }

        private void Rebuild(int capacity)
        {
            ulong[] keys = _keys;
            int[] ids = _ids;
            _keys = new ulong[capacity];
            _ids = new int[capacity];
            Array.Fill(_ids, -1);
            Count = 0;
            for (int i = 0; i < keys.Length; i++)
            {
                if (ids[i] < 0 || Hash(keys[i]) > _threshold) continue;
                int slot = Slot(keys[i]);
                _keys[slot] = keys[i];
                _ids[slot] = Count++;
            }
        }
    }
}
