using System.Numerics;
using Vestige.Samples;

namespace Vestige.Estimators.Atoms;

/// <summary>Dense numbers of atoms, by open addressing, with thinning.</summary>
/// <remarks>
/// Memory is bounded: above a limit of distinct atoms only those whose hash falls under a threshold are kept, the same in all samples, so that
/// every ratio of counts stays an unbiased estimate. The threshold is the largest power of one half that fits; the set kept does not depend on
/// the order in which atoms arrive.
/// </remarks>
internal sealed class AtomIndex
{
    /// <summary>Distinct atoms kept unless the caller says otherwise.</summary>
    internal const int DefaultLimit = 4_000_000;

    private readonly int _limit;
    private ulong[] _keys = new ulong[1 << 10];
    private int[] _ids = new int[1 << 10];
    private ulong _threshold;

    /// <param name="limit">Distinct atoms to keep.</param>
    /// <param name="threshold">Hashes above it are not kept from the start.</param>
    internal AtomIndex(int limit = int.MaxValue, ulong threshold = ulong.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        (_limit, _threshold) = (limit, threshold);
        Array.Fill(_ids, -1);
    }

    /// <summary>Distinct atoms kept.</summary>
    internal int Count { get; private set; }

    /// <summary>The hash up to which atoms are kept.</summary>
    internal ulong Threshold => _threshold;

    /// <summary>Share of all possible atoms that is kept: 1, or a power of one half.</summary>
    internal double Share => _threshold == ulong.MaxValue ? 1 : ((double)_threshold + 1) / Math.Pow(2, 64);

    /// <summary>The threshold under which the distinct atoms of these samples together are at most so many.</summary>
    internal static ulong ThresholdFor(int limit, params ReadOnlySpan<AtomSample> samples)
    {
        long incidences = 0;
        foreach (AtomSample sample in samples) incidences += sample.Incidences;
        if (incidences <= limit) return ulong.MaxValue;
        var index = new AtomIndex(limit);
        foreach (AtomSample sample in samples) index.Add(sample);
        return index.Threshold;
    }

    /// <summary>What thinning looks at: a bijection of 64 bits (the finalizer of MurmurHash3), so that no two atoms collide and small
    /// integers spread.</summary>
    internal static ulong Hash(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xff51afd7ed558ccd;
        x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53;
        return BitOperations.RotateLeft(x ^ (x >> 33), 17);
    }

    internal void Add(AtomSample sample)
    {
        for (int unit = 0; unit < sample.Units; unit++)
            foreach (ulong atom in sample.AtomsOf(unit)) Add(atom);
    }

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
        else if (Count * 2L > _keys.Length)
        {
            Rebuild(_keys.Length * 2);
        }
    }

    /// <summary>The number of an atom; -1 where it is not kept or was never added.</summary>
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
