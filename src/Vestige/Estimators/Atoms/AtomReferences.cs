using Vestige.Figures;
using Vestige.Samples;

namespace Vestige.Estimators.Atoms;

/// <summary>T, H and A of one view, counted once for all rows of an audit, with all that a ledger needs of them and none of which depends on G.</summary>
/// <remarks>The samples themselves are not kept: an audit holds these counts of all its views at once, and nothing takes it more memory.</remarks>
internal sealed class AtomReferences
{
    private readonly int[] _documents;
    private readonly long[] _floorByTraining, _floorByHeldOut, _trainingByTraining, _trainingByHeldOut, _heldOutByFloor, _spectrum;
    private readonly long[] _floorNovel = new long[4];
    private long _inOneDocument;

    /// <summary>Counts the real samples.</summary>
    /// <param name="training">T.</param>
    /// <param name="heldOut">H, of any size.</param>
    /// <param name="floor">A.</param>
    /// <param name="resolution">n of lost, in whole units.</param>
    /// <param name="threshold">Atoms whose hash is above it are left out (<see cref="AtomIndex"/>).</param>
    internal AtomReferences(AtomSample training, AtomSample heldOut, AtomSample floor, int resolution, ulong threshold = ulong.MaxValue)
    {
        Resolution = resolution;
        Index = new AtomIndex(threshold: threshold);
        AtomSample[] samples = [training, heldOut, floor];
        foreach (AtomSample sample in samples) Index.Add(sample);
        Samples = [.. samples.Select(sample => new AtomCounts(sample, Index))];
        Exchange = new CopyingTest.References(training, heldOut, Index);
        Curve = new CertifiedCurve.References(training, heldOut, Index);
        HitUnits = UnitsWithHits(floor);

        int maxT = Max(Of(Role.Training).Units), maxH = Max(Of(Role.HeldOut).Units), maxA = Max(Of(Role.Floor).Units);
        (_floorByTraining, _trainingByTraining) = (new long[maxT + 1], new long[maxT + 1]);
        (_floorByHeldOut, _trainingByHeldOut, _spectrum) = (new long[maxH + 1], new long[maxH + 1], new long[maxH + 1]);
        _heldOutByFloor = new long[maxA + 1];
        _documents = new int[Index.Count];
        for (int group = 0; group < Of(Role.HeldOut).Groups; group++)
            foreach (AtomCounts.Entry entry in Of(Role.HeldOut).GroupOf(group)) _documents[entry.Atom] += entry.Documents;
        for (int id = 0; id < Index.Count; id++) Enter(id, +1);
        Whole = Evaluate(-1, -1, -1);
        Leaving = [.. Enumerable.Range(0, Samples.Length).Select(role => Leave((Role)role))];
        Own = Typicality.Of(training, this);
    }

    internal AtomIndex Index { get; }

    /// <summary>n, in whole units.</summary>
    internal int Resolution { get; }

    /// <summary>T, H and A, by <see cref="Role"/>.</summary>
    internal AtomCounts[] Samples { get; }

    internal CopyingTest.References Exchange { get; }

    internal CertifiedCurve.References Curve { get; }

    /// <summary>Units of A that hold something that is not in T and is in H.</summary>
    internal int HitUnits { get; }

    /// <summary>How unlike each other passages of T are in what H holds of them.</summary>
    internal Typicality Own { get; }

    /// <summary>The figures of the whole samples.</summary>
    internal Figures Whole { get; }

    /// <summary>[role][group]: those without a group of T, H or A.</summary>
    internal Figures[][] Leaving { get; }

    /// <summary>Standard error of what T holds of itself beyond A, whatever G is; null where a sample has too few documents for one.</summary>
    internal double? DistinguishableError => Leaving.Any(groups => groups.Length == 0) ? null : Jackknife.Combine(
        [.. Leaving.Select(groups => Jackknife.Variance([.. groups.Select(left => left.TrainingExcess - left.FloorExcess)]))], [.. Leaving.Select(groups => groups.Length)])?.Error;

    internal AtomCounts Of(Role role) => Samples[(int)role];

    /// <summary>[atom]: the chance that a draw of T holds it less that of H, at the size of the smaller (<see cref="Rarefaction.Excess"/> of one incidence).</summary>
    internal double[] ExcessByAtom()
    {
        int[] t = Of(Role.Training).Units, h = Of(Role.HeldOut).Units;
        double[] notInT = ResolutionN.MissingByCount(Whole.Equal.Training, Whole.Equal.DrawnT, Max(t));
        double[] notInH = ResolutionN.MissingByCount(Whole.Equal.HeldOut, Whole.Equal.DrawnH, Max(h));
        return [.. t.Zip(h, (inT, inH) => notInH[inH] - notInT[inT])];
    }

    /// <summary>What T, H and A say, whatever G is. Shares are of incidences.</summary>
    internal sealed record Figures
    {
        /// <summary><c>floor_n</c>: of H, what a draw of n units of A does not hold.</summary>
        internal required double LostFloor { get; init; }

        /// <summary>Of A, what a draw of n units of H does not hold.</summary>
        internal required double InventedFloor { get; init; }

        /// <summary>How T and H are brought to one size, and n in units of H.</summary>
        internal required Rarefaction Equal { get; init; }

        /// <summary><see cref="Rarefaction.Excess"/> of T's own incidences: what a look-up table shows.</summary>
        internal required double TrainingExcess { get; init; }

        /// <summary>The same of A's: by how much this T happens to be nearer to p than this H.</summary>
        internal required double FloorExcess { get; init; }

        /// <summary>Share of A in T.</summary>
        internal required double FloorInTraining { get; init; }

        /// <summary>[j]: share of A that is not in T and in exactly j units of H, j = 0, 1, 2; [3]: in more.</summary>
        internal required double[] FloorNovel { get; init; }

        internal required double Entropy { get; init; }

        /// <summary>Good-Turing with documents as the draws: the share of H that would be unseen had its document not been drawn.</summary>
        internal required double Missing { get; init; }

        /// <summary>Incidences of H.</summary>
        internal required long HeldOut { get; init; }

        /// <summary>Incidences of A.</summary>
        internal required long Floor { get; init; }
    }

    /// <summary>T and H at any two sizes, compared at that of the smaller: the chance that as many units of each hold an atom.</summary>
    /// <param name="Training">Units of T.</param>
    /// <param name="HeldOut">Units of H.</param>
    /// <param name="DrawnT">Units of T that are drawn; all of them where T is the smaller.</param>
    /// <param name="DrawnH">Units of H that are drawn.</param>
    /// <param name="Resolved">n in units of H.</param>
    internal readonly record struct Rarefaction(int Training, int HeldOut, double DrawnT, double DrawnH, double Resolved)
    {
        internal static Rarefaction Of(AtomCounts.Part t, AtomCounts.Part h, double n)
        {
            double size = Math.Min(t.Size, h.Size);
            return new(t.Units, h.Units, Math.Min(t.Units, t.UnitsOf(size)), Math.Min(h.Units, h.UnitsOf(size)), h.UnitsOf(n));
        }

        /// <summary>Mean over queries of the chance that the draw of T holds them, less that of H: 0 in the mean for whatever does not depend on T.</summary>
        internal double Excess(ReadOnlySpan<long> byTraining, ReadOnlySpan<long> byHeldOut) =>
            ResolutionN.Missing(byHeldOut, HeldOut, DrawnH) - ResolutionN.Missing(byTraining, Training, DrawnT);
    }

    private Figures Evaluate(int withoutT, int withoutH, int withoutA)
    {
        AtomCounts.Part t = Of(Role.Training).Without(withoutT), h = Of(Role.HeldOut).Without(withoutH), a = Of(Role.Floor).Without(withoutA);
        var equal = Rarefaction.Of(t, h, Resolution);
        return new Figures
        {
            LostFloor = ResolutionN.MissingOrNaN(_heldOutByFloor, a.Units, a.UnitsOf(Resolution)),
            InventedFloor = ResolutionN.MissingOrNaN(_floorByHeldOut, h.Units, equal.Resolved),
            Equal = equal,
            TrainingExcess = equal.Excess(_trainingByTraining, _trainingByHeldOut),
            FloorExcess = equal.Excess(_floorByTraining, _floorByHeldOut),
            FloorInTraining = 1 - ((double)_floorByTraining[0] / a.Queries),
            FloorNovel = [.. _floorNovel.Select(x => (double)x / a.Queries)],
            Entropy = withoutH < 0 && Whole is not null ? Whole.Entropy : Atoms.Entropy.Bits(_spectrum),
            Missing = (double)_inOneDocument / h.Queries,
            HeldOut = h.Queries,
            Floor = a.Queries,
        };
    }

    private Figures[] Leave(Role role)
    {
        AtomCounts sample = Of(role);
        if (sample.Groups < Jackknife.MinDocuments) return [];
        var leaving = new Figures[sample.Groups];
        for (int group = 0; group < leaving.Length; group++)
        {
            Move(role, group, -1);
            leaving[group] = Evaluate(role == Role.Training ? group : -1, role == Role.HeldOut ? group : -1, role == Role.Floor ? group : -1);
            Move(role, group, +1);
        }
        return leaving;
    }

    private void Move(Role role, int group, int sign)
    {
        AtomCounts sample = Of(role);
        foreach (AtomCounts.Entry entry in sample.GroupOf(group))
        {
            Enter(entry.Atom, -1);
            sample.Move(entry, sign);
            if (role == Role.HeldOut) _documents[entry.Atom] += sign * entry.Documents;
            Enter(entry.Atom, +1);
        }
    }

    private void Enter(int id, int sign)
    {
        int t = Of(Role.Training).Units[id], h = Of(Role.HeldOut).Units[id], a = Of(Role.Floor).Units[id];
        long ofT = sign * Of(Role.Training).Queries[id], ofH = sign * Of(Role.HeldOut).Queries[id], ofA = sign * Of(Role.Floor).Queries[id];
        _floorByTraining[t] += ofA;
        _floorByHeldOut[h] += ofA;
        _trainingByTraining[t] += ofT;
        _trainingByHeldOut[h] += ofT;
        _heldOutByFloor[a] += ofH;
        _spectrum[h] += sign;
        if (t == 0) _floorNovel[Math.Min(h, 3)] += ofA;
        if (_documents[id] == 1) _inOneDocument += ofH;
    }

    private int UnitsWithHits(AtomSample floor)
    {
        int[] t = Of(Role.Training).Units, h = Of(Role.HeldOut).Units;
        int units = 0;
        for (int unit = 0; unit < floor.Units; unit++)
        {
            foreach (ulong atom in floor.AtomsOf(unit))
            {
                int id = Index.Find(atom);
                if (id < 0 || t[id] != 0 || h[id] == 0) continue;
                units++;
                break;
            }
        }
        return units;
    }

    internal static int Max(int[] values)
    {
        int max = 0;
        foreach (int value in values) max = Math.Max(max, value);
        return max;
    }
}
