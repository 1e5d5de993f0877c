namespace Vestige.Estimators;

/// <summary>Everything the discrete estimators need of the counts, as integers that atoms enter and leave one by one.</summary>
/// <remarks>
/// Integers make a tally independent of the order of atoms, and make leaving a group of documents out exact: its incidences are
/// taken away one at a time, the estimators are evaluated, and the incidences are put back. No estimator sees the atoms themselves.
/// </remarks>
internal sealed class AtomTally
{
    private readonly AtomTable _table;
    private readonly int[] _t, _h, _a, _g;
    private readonly int[] _documentsOfH;

    internal AtomTally(AtomTable table)
    {
        _table = table;
        _t = table.Counts(Role.Training);
        _h = table.Counts(Role.HeldOut);
        _a = table.Counts(Role.Floor);
        _g = table.Counts(Role.Generated);
        for (int role = 0; role < AtomTable.Roles; role++) Units[role] = table.Samples[role].Units;
        int maxG = Max(_g), maxA = Max(_a), maxH = Max(_h);
        HeldOutByGenerated = new long[maxG + 1];
        HeldOutByFloor = new long[maxA + 1];
        GeneratedByHeldOut = new long[maxH + 1];
        FloorByHeldOut = new long[maxH + 1];
        HeldOutSpectrum = new long[maxH + 1];
        GeneratedSpectrum = new long[maxG + 1];
        Strata = table.Strata is null ? null : new NoveltyStrata(table.Strata);
        _documentsOfH = new int[table.Distinct];
        for (int unit = 0; unit < table.Samples[(int)Role.HeldOut].Units; unit++) CountDocuments(unit, +1);
        for (int id = 0; id < table.Distinct; id++) Enter(id, +1);
        Strata?.Pool();
    }

    /// <summary>Units of each sample, by <see cref="Role"/>.</summary>
    internal int[] Units { get; } = new int[AtomTable.Roles];

    /// <summary>Incidences of each sample, by <see cref="Role"/>.</summary>
    internal long[] Incidences { get; } = new long[AtomTable.Roles];

    /// <summary>[c]: incidences of H whose atom stands in c units of G.</summary>
    internal long[] HeldOutByGenerated { get; }

    /// <summary>[c]: incidences of H whose atom stands in c units of A.</summary>
    internal long[] HeldOutByFloor { get; }

    /// <summary>[c]: incidences of G whose atom stands in c units of H.</summary>
    internal long[] GeneratedByHeldOut { get; }

    /// <summary>[c]: incidences of A whose atom stands in c units of H.</summary>
    internal long[] FloorByHeldOut { get; }

    /// <summary>[c]: distinct atoms that stand in c units of H; [0] is not used.</summary>
    internal long[] HeldOutSpectrum { get; }

    /// <summary>[c]: distinct atoms that stand in c units of G; [0] is not used.</summary>
    internal long[] GeneratedSpectrum { get; }

    /// <summary>Incidences of G in S_T.</summary>
    internal long GeneratedInTraining { get; private set; }

    /// <summary>Incidences of G in S_H.</summary>
    internal long GeneratedInHeldOut { get; private set; }

    /// <summary>Incidences of A in S_T.</summary>
    internal long FloorInTraining { get; private set; }

    /// <summary>Incidences of A in S_H.</summary>
    internal long FloorInHeldOut { get; private set; }

    /// <summary>Incidences of T in S_H.</summary>
    internal long TrainingInHeldOut { get; private set; }

    /// <summary>Incidences of H in S_T.</summary>
    internal long HeldOutInTraining { get; private set; }

    /// <summary>[j]: incidences of G outside S_T whose atom stands in exactly j units of H, j = 0, 1, 2; [3]: in more.</summary>
    internal long[] NovelByHeldOut { get; } = new long[4];

    /// <summary>Incidences of A outside S_T and in S_H.</summary>
    internal long FloorHits { get; private set; }

    /// <summary>The novel incidences by stratum; null where atoms have none.</summary>
    internal NoveltyStrata? Strata { get; }

    /// <summary>Incidences of H whose atom stands in one document of H only.</summary>
    internal long HeldOutInOneDocument { get; private set; }

    /// <summary>Takes a unit's incidences away from a sample (-1) or puts them back (+1).</summary>
    internal void Move(Role role, int unit, int sign)
    {
        int[] counts = _table.Counts(role);
        ReadOnlySpan<int> atoms = _table.AtomsOf(role, unit);
        foreach (int id in atoms) Enter(id, -1);
        foreach (int id in atoms) counts[id] += sign;
        if (role == Role.HeldOut) CountDocuments(unit, sign);
        foreach (int id in atoms) Enter(id, +1);
        Units[(int)role] += sign;
    }

    private void CountDocuments(int unit, int sign)
    {
        ReadOnlySpan<int> atoms = _table.AtomsOf(Role.HeldOut, unit);
        ReadOnlySpan<bool> first = _table.FirstInDocument(unit);
        for (int i = 0; i < atoms.Length; i++) _documentsOfH[atoms[i]] += first[i] ? sign : 0;
    }

    private void Enter(int id, int sign)
    {
        int t = _t[id], h = _h[id], a = _a[id], g = _g[id];
        Incidences[(int)Role.Training] += sign * t;
        Incidences[(int)Role.HeldOut] += sign * h;
        Incidences[(int)Role.Floor] += sign * a;
        Incidences[(int)Role.Generated] += sign * g;
        HeldOutByGenerated[g] += sign * h;
        HeldOutByFloor[a] += sign * h;
        GeneratedByHeldOut[h] += sign * g;
        FloorByHeldOut[h] += sign * a;
        HeldOutSpectrum[h] += sign;
        if (_documentsOfH[id] == 1) HeldOutInOneDocument += sign * h;
        GeneratedSpectrum[g] += sign;
        if (h > 0)
        {
            GeneratedInHeldOut += sign * g;
            FloorInHeldOut += sign * a;
            TrainingInHeldOut += sign * t;
        }
        if (t > 0)
        {
            GeneratedInTraining += sign * g;
            FloorInTraining += sign * a;
            HeldOutInTraining += sign * h;
        }
        else
        {
            NovelByHeldOut[Math.Min(h, 3)] += sign * g;
            if (h > 0) FloorHits += sign * a;
            Strata?.Enter(id, sign * g, sign * a, h > 0);
        }
    }

    private static int Max(int[] values)
    {
        int max = 0;
        foreach (int value in values) max = Math.Max(max, value);
        return max;
    }
}
