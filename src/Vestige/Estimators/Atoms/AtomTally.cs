using Vestige.Figures;
using Vestige.Samples;

namespace Vestige.Estimators.Atoms;

/// <summary>G against T and H: everything the discrete estimators need of the counts, as integers that atoms enter and leave one by one.</summary>
/// <remarks>
/// Only atoms of G are looked at; what does not depend on G is counted once for all rows (<see cref="AtomReferences"/>), so that a row costs as much as its G,
/// however large H is. Integers make a tally independent of the order of atoms, and make leaving a group of documents out exact: what it holds is taken
/// away, the estimators are evaluated, and it is put back.
/// </remarks>
internal sealed class AtomTally
{
    private readonly AtomReferences _references;
    private readonly int[] _rows;
    private readonly int[] _t, _h, _ofH;
    private readonly long[] _heldOutByGenerated;

    /// <summary>Counts G.</summary>
    /// <param name="references">T, H and A.</param>
    /// <param name="generated">G.</param>
    /// <param name="paired">G numbers its documents as T does, and leaves with them.</param>
    internal AtomTally(AtomReferences references, AtomSample generated, bool paired)
    {
        (_references, Sample) = (references, generated);
        Index = new AtomIndex(threshold: references.Index.Threshold);
        Index.Add(generated);
        Different = CountDifferent(generated);
        Generated = new AtomCounts(generated, Index, paired ? references.Of(Role.Training).Groups : Math.Min(Jackknife.Groups(generated.Documents), Different));
        _rows = new int[references.Index.Count];
        Array.Fill(_rows, -1);
        _t = new int[Index.Count];
        _h = new int[Index.Count];
        _ofH = new int[Index.Count];
        for (int unit = 0; unit < generated.Units; unit++)
        {
            foreach (ulong atom in generated.AtomsOf(unit))
            {
                int id = references.Index.Find(atom);
                if (id < 0 || _rows[id] >= 0) continue;
                int row = _rows[id] = Index.Find(atom);
                _t[row] = references.Of(Role.Training).Units[id];
                _h[row] = references.Of(Role.HeldOut).Units[id];
                _ofH[row] = references.Of(Role.HeldOut).Queries[id];
            }
        }
        int maxG = AtomReferences.Max(Generated.Units), maxT = AtomReferences.Max(_t), maxH = AtomReferences.Max(_h);
        _heldOutByGenerated = new long[maxG + 1];
        GeneratedByTraining = new long[maxT + 1];
        GeneratedByHeldOut = new long[maxH + 1];
        Spectrum = new long[maxG + 1];
        for (int row = 0; row < Index.Count; row++) Enter(row, +1);
    }

    /// <summary>Numbers of the atoms of G.</summary>
    internal AtomIndex Index { get; }

    /// <summary>G.</summary>
    internal AtomSample Sample { get; }

    /// <summary>G by atoms.</summary>
    internal AtomCounts Generated { get; }

    /// <summary>Documents of G that differ where that is fewer than an interval needs, else more than there are: a few over and over are no more than a few.</summary>
    internal int Different { get; }

    /// <summary>[c]: incidences of G whose atom stands in c units of T.</summary>
    internal long[] GeneratedByTraining { get; }

    /// <summary>[c]: incidences of G whose atom stands in c units of H.</summary>
    internal long[] GeneratedByHeldOut { get; }

    /// <summary>[j]: incidences of G outside S_T whose atom stands in exactly j units of H, j = 0, 1, 2; [3]: in more.</summary>
    internal long[] NovelByHeldOut { get; } = new long[4];

    /// <summary>[c]: distinct atoms that stand in c units of G; [0] is not used.</summary>
    internal long[] Spectrum { get; }

    /// <summary>Each atom of G: its incidences, and in how many units of T and of H it stands.</summary>
    internal IEnumerable<(int Queries, int Training, int HeldOut)> Atoms() => Enumerable.Range(0, _t.Length).Select(row => (Generated.Queries[row], _t[row], _h[row]));

    /// <summary>The number in G of an atom of T, H or A; -1 where G does not have it.</summary>
    internal int RowOf(int groundAtom) => _rows[groundAtom];

    /// <summary>Units of T that hold an atom of G.</summary>
    internal int TrainingOf(int row) => _t[row];

    /// <summary>[c]: incidences of H whose atom stands in c units of G.</summary>
    /// <param name="heldOut">All incidences of H.</param>
    internal ReadOnlySpan<long> HeldOutByGenerated(long heldOut)
    {
        // Atoms that G does not have are not looked at one by one.
        _heldOutByGenerated[0] = 0;
        long found = 0;
        foreach (long incidences in _heldOutByGenerated) found += incidences;
        _heldOutByGenerated[0] = heldOut - found;
        return _heldOutByGenerated;
    }

    /// <summary>Takes a group of documents away from a sample (-1) or puts it back (+1).</summary>
    internal void Move(Role role, int group, int sign)
    {
        if (role == Role.Generated)
        {
            foreach (AtomCounts.Entry entry in Generated.GroupOf(group))
            {
                Enter(entry.Atom, -1);
                Generated.Move(entry, sign);
                Enter(entry.Atom, +1);
            }
            return;
        }
        // Floors do not depend on G: A is the references's alone.
        if (role == Role.Floor) return;
        int[] counts = role == Role.Training ? _t : _h;
        foreach (AtomCounts.Entry entry in _references.Of(role).GroupOf(group))
        {
            int row = _rows[entry.Atom];
            if (row < 0) continue;
            Enter(row, -1);
            counts[row] += sign * entry.Units;
            if (role == Role.HeldOut) _ofH[row] += sign * entry.Queries;
            Enter(row, +1);
        }
    }

    private static int CountDifferent(AtomSample sample)
    {
        ulong[] documents = new ulong[sample.Documents];
        for (int unit = 0; unit < sample.Units; unit++)
            foreach (ulong atom in sample.AtomsOf(unit)) documents[sample.DocumentOf(unit)] += AtomIndex.Hash(atom);
        int different = documents.Distinct().Take(Jackknife.MinDocuments).Count();
        return different < Jackknife.MinDocuments ? different : int.MaxValue;
    }

    private void Enter(int row, int sign)
    {
        int t = _t[row], h = _h[row], g = Generated.Units[row];
        long ofG = sign * Generated.Queries[row];
        GeneratedByTraining[t] += ofG;
        GeneratedByHeldOut[h] += ofG;
        if (t == 0) NovelByHeldOut[Math.Min(h, 3)] += ofG;
        Spectrum[g] += sign;
        if (g > 0) _heldOutByGenerated[g] += sign * _ofH[row];
    }
}
