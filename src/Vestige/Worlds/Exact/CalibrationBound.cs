namespace Vestige.Worlds.Exact;

/// <summary>What calibration costs: the terms of Kalai and Vempala (2024), "Calibrated Language Models Must Hallucinate", theorem 1.</summary>
/// <remarks>
/// A model that is calibrated hallucinates at about the rate of facts that its training data state exactly once:
/// <c>hallucinated &gt;= once - miscalibration</c>, less terms that vanish as T grows and as false claims outnumber true ones. Claims are the world's statements;
/// what states nothing (garbled) is a claim of its own, and false.
/// </remarks>
/// <param name="Once">Share of T that states a fact which T states once: Good's estimate of the chance that the next fact is new.</param>
/// <param name="OnceError">Its standard error (Esty 1983): <c>sqrt(n1 (1 - n1/n) + 2 n2) / n</c>.</param>
/// <param name="Unseen">What it estimates: the mass of facts that T never states.</param>
/// <param name="Miscalibration">Total variation of p and q over bins of claims of about equal q (half an octave wide); 0: q is calibrated.</param>
internal sealed record CalibrationBound(double Once, double OnceError, double Unseen, double Miscalibration)
{
    // Bins per octave of q: finer ones than the differences that a model makes between claims it means alike would only measure noise.
    private const int PerOctave = 2;

    /// <summary>The lower bound on what is hallucinated; it may be below 0, and says nothing then.</summary>
    public double Bound => Once - Miscalibration;

    /// <summary>Computes it from items.</summary>
    /// <param name="statements">All that can be claimed.</param>
    /// <param name="q">The model's mass of each.</param>
    /// <param name="p">p of each item, and of what is none.</param>
    /// <param name="facts">The fact that each item states.</param>
    /// <param name="training">Numbers of the units of T.</param>
    internal static CalibrationBound OfItems(
        IReadOnlyList<Statement> statements, IReadOnlyList<double> q, IReadOnlyList<double> p, IReadOnlyList<int> facts, IReadOnlyList<int> training)
    {
        int count = statements.Max(statement => statement.Fact) + 1;
        double[] ofFact = new double[count];
        int[] told = new int[count];
        for (int x = 0; x < facts.Count; x++) ofFact[facts[x]] += p[x];
        foreach (int number in training) told[facts[number]]++;
        return Of(statements, q, ofFact, told);
    }

    /// <summary>Computes it.</summary>
    /// <param name="statements">All that can be claimed.</param>
    /// <param name="q">The model's mass of each.</param>
    /// <param name="facts">p of each fact.</param>
    /// <param name="told">How often T states each fact.</param>
    internal static CalibrationBound Of(IReadOnlyList<Statement> statements, IReadOnlyList<double> q, IReadOnlyList<double> facts, IReadOnlyList<int> told)
    {
        double n = told.Sum(), once = told.Count(count => count == 1), twice = told.Count(count => count == 2);
        var bins = new SortedDictionary<int, (double P, double Q)>();
        double said = 0;
        for (int s = 0; s < statements.Count; s++)
        {
            int bin = q[s] > 0 ? (int)Math.Floor(Math.Log2(q[s]) * PerOctave) : int.MinValue;
            (double p, double mass) = bins.GetValueOrDefault(bin);
            bins[bin] = (p + (statements[s].IsTrue ? facts[statements[s].Fact] : 0), mass + q[s]);
            said += q[s];
        }
        double variation = (bins.Values.Sum(bin => Math.Abs(bin.P - bin.Q)) + Math.Max(0, 1 - said)) / 2;
        double unseen = 0;
        for (int f = 0; f < facts.Count; f++)
            if (told[f] == 0) unseen += facts[f];
        return new CalibrationBound(once / n, Math.Sqrt((once * (1 - (once / n))) + (2 * twice)) / n, unseen, variation);
    }
}
