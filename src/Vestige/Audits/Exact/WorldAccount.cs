using Vestige.Estimators.Atoms;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Worlds;
using Vestige.Worlds.Exact;

namespace Vestige.Audits.Exact;

/// <summary>Exact ledgers of one world and one T as results.</summary>
internal sealed class WorldAccount
{
    private readonly double[] _p;
    private readonly IReadOnlyList<Falsehood> _falsehoods;
    private readonly IReadOnlyList<int>? _facts;
    private readonly int[] _training;
    private readonly int[] _counts;
    private readonly HashSet<int> _known;

    /// <param name="p">p of each item, then 0 for each kind of falsehood.</param>
    /// <param name="falsehoods">The kinds.</param>
    /// <param name="facts">What each item says; null where no two say the same.</param>
    /// <param name="training">Numbers of the units of T.</param>
    /// <param name="resolution">n.</param>
    internal WorldAccount(double[] p, IReadOnlyList<Falsehood> falsehoods, IReadOnlyList<int>? facts, int[] training, int resolution)
    {
        (_p, _falsehoods, _facts, _training, Resolution) = (p, falsehoods, facts, training, resolution);
        _counts = new int[p.Length];
        foreach (int number in training) _counts[number]++;
        _known = facts is null ? [] : [.. training.Select(number => facts[number])];
    }

    internal int Resolution { get; }

    internal int Items => _p.Length - _falsehoods.Count;

    internal IReadOnlyList<Falsehood> Falsehoods => _falsehoods;

    internal IReadOnlyList<int>? Facts => _facts;

    internal IReadOnlyList<double> P => _p;

    /// <summary>What memorized is measured against.</summary>
    internal TrainingLaw Known() => new(_p, _counts, new SampleShape(_training.Length, new Clusters(1, 0)));

    /// <summary>Whether T holds an item.</summary>
    internal bool InTraining(int number) => _counts[number] > 0;

    /// <summary>Whether T says what an item says.</summary>
    internal bool IsKnown(int number) => _known.Contains(_facts![number]);

    /// <summary>The ledger of a q that is known everywhere.</summary>
    internal ExactReport Enumerated(Masses masses, string view, string how)
    {
        double[] q = [.. masses.Items, .. masses.Falsehoods];
        var of = new ExactLedger(_p, q, _counts);
        ExactReport made = Make(of, q, view, how);
        // What was left out is among the last kind, and belongs anywhere.
        return made with
        {
            Memorized = made.Memorized with { High = made.Memorized.High + (masses.Error / of.Distinguishable) },
            InTraining = made.InTraining! with { High = made.InTraining.High + masses.Error },
            Generalized = made.Generalized with { High = made.Generalized.High + masses.Error },
            Hallucinated = Of(of.Hallucinated, masses.Error, 0),
        };
    }

    /// <summary>What calibration costs a q whose claims are known; null where they are not.</summary>
    internal CalibrationTerms? Calibration(Masses masses, IReadOnlyList<Statement>? statements)
    {
        if (masses.Statements is not { } q || statements is null || _facts is null) return null;
        var bound = CalibrationBound.OfItems(statements, q, _p, _facts, _training);
        // Of the normal law, as Esty's interval is.
        const double quantile = 1.959963984540054;
        double half = quantile * bound.OnceError;
        return new CalibrationTerms(Of(bound.Once, Math.Min(half, bound.Once), half), Of(bound.Unseen), Of(bound.Miscalibration), Of(bound.Bound));
    }

    /// <summary>The ledger of a codec: the account of p is that of what it makes of p, the account of q that of what it makes of T.</summary>
    /// <param name="images">What becomes of each item.</param>
    /// <param name="view">The view.</param>
    internal ExactReport Coded(int[] images, string view)
    {
        double[] q = new double[_p.Length], ofTraining = new double[_p.Length];
        for (int x = 0; x < images.Length; x++) q[Place(images[x])] += _p[x];
        foreach (int number in _training) ofTraining[Place(images[number])] += 1.0 / _training.Length;
        ExactReport archive = Make(new ExactLedger(_p, ofTraining, _counts), ofTraining, view, "coded");
        double itself = 0, retold = 0, another = 0;
        for (int x = 0; x < images.Length; x++)
        {
            if (images[x] == x) itself += _p[x];
            else if (images[x] >= 0 || _falsehoods[~images[x]].WellFormed) another += _p[x];
            if (_facts is not null && images[x] >= 0 && images[x] != x && _facts[images[x]] == _facts[x]) retold += _p[x];
        }
        IEnumerable<SharePart> told = _facts is null ? [] : [new("fact kept", Of(itself + retold)), new("fact changed", Of(another - retold))];
        return Make(new ExactLedger(_p, q, _counts), q, view, "coded") with
        {
            Memorized = archive.Memorized,
            InTraining = archive.InTraining,
            Generalized = archive.Generalized,
            Hallucinated = archive.Hallucinated,
            GeneralizedParts = archive.GeneralizedParts,
            HallucinatedParts = archive.HallucinatedParts,
            Originals = [new("itself", Of(itself)), new("another", Of(another)), .. Parts(q).Where((_, kind) => !_falsehoods[kind].WellFormed), .. told],
        };
    }

    /// <summary>Where an item, or the complement of a kind of falsehood, stands in the sums.</summary>
    internal int Place(int number) => number >= 0 ? number : Items + ~number;

    /// <summary>Estimated figures against exact ones.</summary>
    internal static IReadOnlyList<Agreement> Compare(ExactReport exact, Ledger estimated) =>
    [
        .. new[]
        {
            Compare("lost", exact.Lost, estimated.Lost),
            Compare("memorized", exact.Memorized, estimated.Memorized),
            Compare("generalized", exact.Generalized, estimated.Generalized),
            Compare("hallucinated", exact.Hallucinated, estimated.Hallucinated),
        }.OfType<Agreement>(),
    ];

    private static Agreement? Compare(string name, Figure exact, Figure estimate)
    {
        if (exact.Value is not { } value) return null;
        // What rounding left of a figure that is the same by definition is inside.
        const double rounding = 1e-9;
        bool? inside = estimate.Low is { } low && estimate.High is { } high
            ? (exact.High ?? value) >= low - rounding && (exact.Low ?? value) <= high + rounding
            : null;
        return new Agreement(name, value, estimate.Value, estimate.Value - value, inside);
    }

    private ExactReport Make(ExactLedger ledger, double[] q, string view, string how)
    {
        Resolution resolution = Worlds.Exact.Resolution.Independent(Resolution);
        double lost = ledger.Lost(resolution), floor = ledger.Floor(resolution);
        return new ExactReport
        {
            View = view,
            How = how,
            Resolution = Resolution,
            Lost = Of(lost - floor) with { Floor = floor, Raw = lost },
            Memorized = Memorized(ledger.Memorized, ledger.Hallucinated),
            InTraining = Of(ledger.InTraining) with { Floor = ledger.KnownToTraining },
            Generalized = Generalized(ledger.Memorized, ledger.Hallucinated),
            Hallucinated = Of(ledger.Hallucinated),
            GeneralizedParts = Inferable(q),
            HallucinatedParts = [.. Parts(q)],
            SupportLoss = Of(ledger.SupportLoss),
            Curve = [.. CertifiedCurve.Ts.Select(t => new CurvePoint(t, Of(ledger.HockeyStickPq(t)), Of(ledger.HockeyStickQp(t))))],
            DivergencePq = Bits(ledger.DivergencePq, "q never gives some item of p"),
            DivergenceQp = Bits(ledger.DivergenceQp, "p never gives something of q"),
            EntropyP = Bits(ledger.EntropyP, ""),
            EntropyQ = Bits(ledger.EntropyQ, ""),
        };
    }

    private List<SharePart> Inferable(double[] q)
    {
        if (_facts is null) return [];
        double inferable = 0, lucky = 0;
        for (int x = 0; x < Items; x++)
        {
            if (InTraining(x)) continue;
            if (IsKnown(x)) inferable += q[x];
            else lucky += q[x];
        }
        return [new("inferable", Of(inferable)), new("lucky", Of(lucky))];
    }

    private IEnumerable<SharePart> Parts(double[] q) => _falsehoods.Select((kind, i) => new SharePart(kind.Name, Of(q[Items + i])));

    /// <summary>A weight of a mixture: of a q that is none it can be a little outside, by the luck of T, and stands at the end.</summary>
    internal static Figure Memorized(double value, double hallucinated) => double.IsFinite(value)
        ? Of(Math.Clamp(value, 0, Room(hallucinated)))
        : Figure.NotMeasurable("T holds nothing that another sample of its size does not: what was learned from it cannot be told from what any sample teaches");

    /// <summary>What is not made up; a sum of weights can be above 1 by its last bits.</summary>
    private static double Room(double hallucinated) => Math.Max(0, 1 - hallucinated);

    /// <summary>The rest of it.</summary>
    internal static Figure Generalized(double memorized, double hallucinated) =>
        Memorized(memorized, hallucinated) is { Value: { } share } ? Of(Math.Max(0, Room(hallucinated) - share)) : Memorized(memorized, hallucinated);

    private static Figure Of(double value, double below = 0, double above = 0) =>
        new() { Value = value, Low = value - below, High = value + above };

    private static Figure Bits(double value, string why) =>
        (double.IsFinite(value) ? new Figure { Value = value } : Figure.NotMeasurable("infinite: " + why)) with { Unit = "bits/item" };
}
