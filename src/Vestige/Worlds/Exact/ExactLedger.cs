namespace Vestige.Worlds.Exact;

/// <summary>
/// The ledger of a compressor whose <c>p</c> and <c>q</c> are enumerated, for one drawn T (design 3.1), and the expected values of the
/// estimators that do not estimate exactly this (<see cref="Split"/>).
/// </summary>
/// <remarks>Everything is a sum over one enumeration of all items that p or q can produce. An item alone has the chance p(x) or q(x),
/// clustered or not; dependence inside documents enters through <see cref="Resolution"/> and <see cref="SampleShape"/> only.</remarks>
internal sealed class ExactLedger
{
    private const double SumTolerance = 1e-9; // A sum of a million terms near 1e-6 is 1 to within 1e-10.

    private readonly double[] _p;
    private readonly double[] _q;
    private readonly int[] _trainingCounts;

    /// <summary>Sums the ledger.</summary>
    /// <param name="p">Truth, sum 1; 0 for items outside its support.</param>
    /// <param name="q">What the compressor gives, sum 1, of the same items.</param>
    /// <param name="trainingCounts">How many units of T are the item.</param>
    /// <param name="shape">The shape of T, and of the other samples of p that it is held against; null for as many independent draws.</param>
    /// <exception cref="ArgumentException">Lengths differ, a distribution does not add up to 1, or T holds an item that p cannot
    /// produce.</exception>
    public ExactLedger(double[] p, double[] q, int[] trainingCounts, SampleShape? shape = null)
    {
        if (p.Length != q.Length || p.Length != trainingCounts.Length)
        {
            throw new ArgumentException(
                $"p has {p.Length} items, q {q.Length}, T {trainingCounts.Length}; they must be of the same items.", nameof(q));
        }
        CheckSum(p, nameof(p));
        CheckSum(q, nameof(q));
        _p = p;
        _q = q;
        _trainingCounts = trainingCounts;
        shape ??= new SampleShape(trainingCounts.Sum(), new Clusters(1, 0));
        var known = new TrainingLaw(p, trainingCounts, shape);
        (KnownToTraining, Distinguishable) = (known.Floor, known.Distinguishable);
        double seenQ = 0;
        for (int x = 0; x < p.Length; x++)
        {
            if (q[x] == 0) SupportLoss += p[x];
            if (p[x] == 0)
            {
                if (trainingCounts[x] > 0)
                    throw new ArgumentException($"T holds item {x}, which p cannot produce.", nameof(trainingCounts));
                Hallucinated += q[x];
                continue;
            }
            seenQ += q[x] * known.Seen(p[x]);
            if (trainingCounts[x] > 0) InTraining += q[x];
        }
        Memorized = Distinguishable > 0 ? (InTraining - seenQ - ((1 - Hallucinated) * known.Luck)) / Distinguishable : double.NaN;
    }

    /// <summary><c>q(S_T)</c>.</summary>
    public double InTraining { get; }

    /// <summary>What q says more often because T was T and not another sample of p: a for <c>q = a (drawn from T) + b p + c (outside p)</c>, whatever T is,
    /// and 0 in the mean over T for every q that does not depend on it. Not a number where T holds nothing that another sample does not.</summary>
    /// <remarks><c>[q(S_T) - sum q s - (1-c) l] / (1 - sum of T's items s - l)</c> with s(x) the chance that a sample of T's shape holds x and
    /// <c>l = p(S_T) - sum p s</c>, the luck of this T.</remarks>
    public double Memorized { get; }

    /// <summary>What <see cref="Memorized"/> is a share of: what T holds and another sample of its size does not.</summary>
    public double Distinguishable { get; }

    /// <summary>What is neither memorized nor hallucinated.</summary>
    public double Generalized => 1 - Memorized - Hallucinated;

    /// <summary><c>q(outside supp p)</c>.</summary>
    public double Hallucinated { get; }

    /// <summary><c>p(S_T)</c>: the floor of <see cref="InTraining"/>; 1 minus the missing mass of T.</summary>
    public double KnownToTraining { get; }

    /// <summary><c>sum p 1[q = 0]</c>: lost at unlimited resolution.</summary>
    public double SupportLoss { get; }

    /// <summary><c>H(p)</c> of an item, in bits.</summary>
    public double EntropyP => Divergences.Entropy(_p);

    /// <summary><c>H(q)</c> of an item, in bits.</summary>
    public double EntropyQ => Divergences.Entropy(_q);

    /// <summary><c>KL(p||q)</c> in bits; infinite if anything of p is lost for good.</summary>
    public double DivergencePq => Divergences.KullbackLeibler(_p, _q);

    /// <summary><c>KL(q||p)</c> in bits; infinite if anything is hallucinated.</summary>
    public double DivergenceQp => Divergences.KullbackLeibler(_q, _p);

    /// <summary><c>E_t(p||q) = sum (p - t q)+</c>.</summary>
    public double HockeyStickPq(double t) => Divergences.HockeyStick(_p, _q, t);

    /// <summary><c>E_t(q||p) = sum (q - t p)+</c>.</summary>
    public double HockeyStickQp(double t) => Divergences.HockeyStick(_q, _p, t);

    /// <summary><c>lost_n = sum p (1-q)^n</c>.</summary>
    /// <param name="resolution">n independent draws, or what a clustered G resolves (<see cref="SampleShape.At"/>).</param>
    public double Lost(Resolution resolution) => Missed(_p, _q, resolution.ChanceMissed);

    /// <summary><c>floor_n = sum p (1-p)^n</c>.</summary>
    /// <param name="resolution">n independent draws, or what a clustered A resolves.</param>
    public double Floor(Resolution resolution) => Missed(_p, _p, resolution.ChanceMissed);

    /// <summary><c>invented_n = sum q (1-p)^n</c>.</summary>
    /// <param name="resolution">n independent draws, or what a clustered H resolves.</param>
    public double Invented(Resolution resolution) => Missed(_q, _p, resolution.ChanceMissed);

    /// <summary>The mass of p that a sample of this shape does not hold: the target of Good-Turing.</summary>
    public double MissingMass(SampleShape shape) => Missed(_p, _p, shape.ChanceMissed);

    /// <summary>What the capture-recapture split (E4) gives in the mean over H, A and G, given T, but for the bias of its ratios.</summary>
    /// <remarks>It equals the truth where q weighs the real atoms outside T as p does, and differs under tempering. Both ratios are taken
    /// at their population values; the clip at rho = 1 also clips noise, which makes the estimate of hallucinated too high where this rho
    /// is near 1.</remarks>
    /// <param name="heldOut">The shape of H.</param>
    public SplitEstimand Split(SampleShape heldOut)
    {
        double novelP = 0, novelQ = 0, hitP = 0, hitQ = 0;
        for (int x = 0; x < _p.Length; x++)
        {
            if (_trainingCounts[x] > 0) continue;
            double seen = 1 - heldOut.ChanceMissed(_p[x]);
            novelP += _p[x];
            novelQ += _q[x];
            hitP += _p[x] * seen;
            hitQ += _q[x] * seen;
        }
        double unclipped = novelQ == 0 || hitP == 0 ? 1 : hitQ / novelQ / (hitP / novelP);
        double rho = Math.Min(1, unclipped);
        return new SplitEstimand(rho, unclipped, novelQ * rho, novelQ * (1 - rho), (novelQ - hitQ) / (novelP - hitP));
    }

    private static double Missed(double[] weights, double[] chances, Func<double, double> chanceMissed)
    {
        double sum = 0;
        for (int x = 0; x < weights.Length; x++)
            if (weights[x] > 0)
                sum += weights[x] * chanceMissed(chances[x]);
        return sum;
    }

    private static void CheckSum(double[] masses, string name)
    {
        double sum = 0;
        foreach (double mass in masses)
        {
            if (!(mass >= 0)) throw new ArgumentException($"A probability is {mass}; it must be 0 or more.", name);
            sum += mass;
        }
        if (Math.Abs(sum - 1) > SumTolerance)
            throw new ArgumentException($"The probabilities add up to {sum:R}; they must add up to 1.", name);
    }
}

/// <summary>The expected parts of the capture-recapture split (E4).</summary>
/// <param name="Rho">Share of the novel that counts as real: <c>min(1, hit(G)/hit(A))</c>.</param>
/// <param name="Unclipped"><c>hit(G)/hit(A)</c>.</param>
/// <param name="Generalized"><c>novel(G) rho</c>.</param>
/// <param name="Hallucinated"><c>novel(G) (1 - rho)</c>.</param>
/// <param name="NeitherRatio">B*: <c>neither(G)/neither(A)</c>, the shares in neither T nor H; infinite or not a number if A has
/// none.</param>
internal readonly record struct SplitEstimand(double Rho, double Unclipped, double Generalized, double Hallucinated, double NeitherRatio);
