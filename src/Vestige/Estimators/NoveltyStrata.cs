namespace Vestige.Estimators;

/// <summary>The novel incidences of G and of A by strata of a score, and how many of them are found in H: the sharpened form of E4.</summary>
/// <remarks>
/// Within a stratum whose atoms are about equally probable, real novelty is found in H at one rate whether q or p drew it, so that
/// <c>generalized = sum over strata of found(G) novel(A) / found(A)</c> needs no assumption on how q weighs strata against each other (the
/// poststratified estimator of capture and recapture: Sekar and Deming, 1949). It leaves what q does inside a stratum.
/// </remarks>
internal sealed class NoveltyStrata(byte[] strata)
{
    /// <summary>Hits of A that a stratum needs, or it is pooled with the next: a ratio to ten is off by a third.</summary>
    private const int MinHits = 10;

    private readonly Counts[] _counts = new Counts[byte.MaxValue + 1];

    // Where each stratum is counted; fixed once, from the full samples, so that every replicate of a jackknife estimates the same thing.
    private int[]? _pools;

    private struct Counts
    {
        internal long NovelG, FoundG, NovelA, FoundA;
    }

    /// <summary>Takes in incidences outside S_T of one atom.</summary>
    /// <param name="id">The atom.</param>
    /// <param name="g">Incidences of G; negative to take out.</param>
    /// <param name="a">Incidences of A.</param>
    /// <param name="found">Whether the atom is in S_H.</param>
    internal void Enter(int id, long g, long a, bool found)
    {
        ref Counts counts = ref _counts[_pools is null ? strata[id] : _pools[strata[id]]];
        counts.NovelG += g;
        counts.NovelA += a;
        if (!found) return;
        counts.FoundG += g;
        counts.FoundA += a;
    }

    /// <summary>Joins neighbouring strata until each has enough hits of A. Called once, when all samples are whole.</summary>
    internal void Pool()
    {
        int[] pools = new int[_counts.Length];
        int pool = 0;
        for (int s = 0; s < pools.Length; s++)
        {
            pools[s] = pool;
            if (s == pool) continue;
            ref Counts to = ref _counts[pool];
            if (to.FoundA >= MinHits)
            {
                pools[s] = pool = s;
                continue;
            }
            Join(pool, s);
        }
        // What is left over at the end goes to the pool before it.
        if (_counts[pool].FoundA < MinHits && pool > 0)
        {
            int before = pools[pool - 1];
            Join(before, pool);
            for (int s = pool; s < pools.Length; s++) pools[s] = before;
        }
        _pools = pools;
    }

    /// <summary>Incidences of G that count as real novelty, before any clip.</summary>
    internal double Generalized()
    {
        double sum = 0;
        foreach (Counts counts in _counts)
            if (counts.FoundA > 0) sum += counts.FoundG * (double)counts.NovelA / counts.FoundA;
        return sum;
    }

    private void Join(int pool, int s)
    {
        ref Counts to = ref _counts[pool];
        ref Counts from = ref _counts[s];
        to.NovelG += from.NovelG;
        to.FoundG += from.FoundG;
        to.NovelA += from.NovelA;
        to.FoundA += from.FoundA;
        from = default;
    }
}
