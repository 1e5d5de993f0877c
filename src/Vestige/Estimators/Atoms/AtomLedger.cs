using System.Globalization;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Samples;
using Stat = Vestige.Estimators.Atoms.AtomFigures.Stat;

namespace Vestige.Estimators.Atoms;

/// <summary>The discrete ledger: E1 to E4 of the design (section 3.2) with their intervals, from four samples of atoms.</summary>
internal static class AtomLedger
{
    /// <summary>Fewer hits of A, in distinct units, than this: novelty that is real cannot be told from novelty that is not.</summary>
    internal const int MinHits = 50;

    /// <summary>Where more of the mass than this is unseen, an entropy is a lower limit: each per cent may be worth a tenth of a bit and more.</summary>
    private const double MostUnseen = 0.02;

    private const double OneSided = 1.645, TwoSided = 1.96;

    /// <summary>A half-width over this, and so many times that of the jackknife, is explained.</summary>
    private const double Narrow = 0.05, Told = 1.5;

    /// <summary>A G of so many different things is not one that says the same few.</summary>
    private const double Many = 100;

    /// <summary>A figure that chance alone moves by more than this, for its sample repeats itself, is none.</summary>
    private const double MostChance = 0.5;

    /// <summary>What samples tell of a share that they would know to within so much: a share is between nothing and all.</summary>
    internal static string TooWide(double half) => (half >= 1 ? "samples of this size tell nothing of it"
        : FormattableString.Invariant($"samples of this size would tell it to within {half:0.0} at best, and it is between 0 and 1"))
            + "; more documents, or more that differ, would do";

    /// <summary>What to estimate and from what.</summary>
    /// <param name="View">Name of the view.</param>
    /// <param name="Element">What an atom is, in plain words.</param>
    /// <param name="Resolution">n, the same for every row of an audit; at most half the smallest sample.</param>
    /// <param name="Paired">G was made from T document by document (a codec, a parrot): a group leaves both together.</param>
    /// <param name="Splits">False for views in which simplified atoms are found everywhere: the account of q is then not given.</param>
    /// <param name="Seed">For the permutations.</param>
    /// <param name="Share">Share of all atoms that the samples were thinned to by <see cref="AtomIndex.Hash"/> before they came here.</param>
    internal sealed record Plan(string View, string Element, int Resolution, bool Paired, bool Splits, ulong Seed, double Share = 1);

    /// <summary>Estimates the ledger of G from four samples.</summary>
    internal static Ledger Estimate(AtomSample training, AtomSample heldOut, AtomSample floor, AtomSample generated, Plan plan,
        int limit = AtomIndex.DefaultLimit)
    {
        ulong threshold = AtomIndex.ThresholdFor(limit, training, heldOut, floor, generated);
        return Estimate(new AtomReferences(training, heldOut, floor, plan.Resolution, threshold), generated, plan);
    }

    /// <summary>Estimates the ledger of G against real samples that were counted for all rows.</summary>
    internal static Ledger Estimate(AtomReferences references, AtomSample generated, Plan plan)
    {
        if (plan.Resolution != references.Resolution)
            throw new ArgumentException($"The plan asks for n = {plan.Resolution}, the real samples were counted for {references.Resolution}.", nameof(plan));
        var tally = new AtomTally(references, generated, plan.Paired);
        return new Composer(references, tally, plan, AtomFigures.Of(references, tally, plan.Paired)).Compose();
    }

    /// <summary>1 - x with its interval, floor and raw value turned over.</summary>
    internal static Figure Complement(Figure x) => x with
    {
        Value = 1 - x.Value,
        Low = 1 - x.High,
        High = 1 - x.Low,
        Floor = 1 - x.Floor,
        Raw = 1 - x.Raw,
    };

    /// <summary>From figures to a ledger: intervals, and what cannot be measured.</summary>
    private sealed class Composer(AtomReferences references, AtomTally tally, Plan plan, Replicates figures)
    {
        private readonly (string Name, int Documents)[] _samples =
        [
            .. new[] { "T", "H", "A" }.Select((name, role) => (name, references.Samples[role].Documents)),
            ("G", Math.Min(tally.Sample.Documents, tally.Different)),
        ];

        private readonly Repeats _few = Repeats.Of(tally, references.Of(Role.Training).Whole.Queries, figures[(int)Stat.Memorized]);

        // A codec has all of T, and a look-up table what it drew of it.
        private readonly double _passages = plan.Paired ? 0 : references.Own.Deviation(references, tally, figures[(int)Stat.Memorized]);

        internal Ledger Compose()
        {
            AtomSample generated = tally.Sample;
            Figure lost = Make(Stat.Lost, Stat.LostFloor, Stat.LostRaw);
            string? noSplit = plan.Splits ? null : "this view gives no account of q: simplified atoms are found everywhere";
            string? noMemory = noSplit ?? NoMemory();
            string? noNovelty = noSplit ?? NoNovelty();
            Figure hallucinated = noNovelty is null
                ? Mass.Within(Widened(Make(Stat.Hallucinated), InNovelty(_few.NewUnseen))) with { Floor = At(Stat.NeitherFloor), Raw = At(Stat.Neither) }
                : Figure.NotMeasurable(noNovelty);
            // A G that leaves out what T and H share has more of what tells them apart than T itself. It was taken from T for all that: no more than stands there, nor than
            // what is hallucinated leaves.
            double most = Math.Clamp(Math.Min(At(Stat.InTraining), 1 - (hallucinated.Value ?? 0)), 0, 1);
            Figure memorized = noMemory is null
                ? Mass.Within(Widened(Make(Stat.Memorized), InMemory(_few.AllUnseen), InMemory(_passages)), most) with
                {
                    Floor = references.Whole.FloorExcess / At(Stat.Distinguishable),
                    Raw = At(Stat.Excess) / At(Stat.Distinguishable),
                }
                : Figure.NotMeasurable(noMemory);
            // One hash, one threshold: the smaller share holds. Where a share s of the atoms is kept, H = H(kept) - log2 s.
            double kept = Math.Min(plan.Share, references.Index.Share);
            Figure Bits(Stat stat, double unseen)
            {
                Figure bits = Shift(Make(stat), -Math.Log2(kept)) with { Unit = "bits/atom" };
                return unseen <= MostUnseen || !bits.IsMeasured ? bits : bits with
                {
                    High = null,
                    Why = $"at least: {100 * unseen:0} % of what there is was not seen, and nothing bounds its entropy from above",
                };
            }

            // A codec and a look-up table did not learn to say anything.
            CalibrationMeter.Reading? meter = plan.Splits && !plan.Paired ? CalibrationMeter.Of(references, tally) : null;
            return new Ledger
            {
                View = plan.View,
                Element = plan.Element,
                Sizes = new SampleSizes(references.Samples[0].SampleUnits, references.Samples[1].SampleUnits, references.Samples[2].SampleUnits, generated.Units,
                    _samples.Min(sample => sample.Documents), plan.Resolution, references.Whole.HeldOut, kept),
                Lost = lost,
                Kept = Complement(lost),
                Memorized = memorized,
                InTraining = plan.Splits ? Make(Stat.InTraining, Stat.InTrainingFloor) : null,
                Generalized = (noMemory ?? noNovelty) is { } why ? Figure.NotMeasurable(why)
                    : Mass.Rest(Widened(Make(Stat.Generalized), double.Hypot(InMemory(_few.AllUnseen), InNovelty(_few.NewUnseen)), InMemory(_passages)), memorized, hallucinated),
                Hallucinated = hallucinated,
                AtMost = plan.Splits ? AtMost(hallucinated) : null,
                BreakdownRatio = plan.Splits && At(Stat.NeitherFloor) > 0 ? Make(Stat.BreakdownRatio) with { Unit = "times" } : null,
                CopyingP = CopyingTest.PValue(references, tally, plan.Seed),
                Invented = Make(Stat.Invented, Stat.InventedFloor, Stat.InventedRaw),
                EntropyBefore = Bits(Stat.EntropyBefore, At(Stat.Missing)),
                EntropyAfter = Bits(Stat.EntropyAfter, tally.Generated.ShareInOneDocument()),
                MissingMass = Make(Stat.Missing),
                Once = meter?.Once,
                Miscalibration = meter?.Miscalibration,
                CalibrationBound = meter?.Bound,
                Curve = CertifiedCurve.Of(references, tally, plan.Paired),
                Replicates = figures,
            };
        }

        private double At(Stat stat) => figures[(int)stat];

        /// <summary>A deviation of the share that H holds, as one of memorized (<see cref="Repeats"/>).</summary>
        private double InMemory(double deviation) => At(Stat.Distinguishable) > 0 ? deviation / At(Stat.Distinguishable) : 0;

        /// <summary>The same of the new share that H holds, as one of hallucinated.</summary>
        private double InNovelty(double deviation)
        {
            double[] floor = references.Whole.FloorNovel;
            return floor[1..].Sum() is > 0 and var found ? deviation * (1 + (floor[0] / found)) : 0;
        }

        /// <summary>An interval no narrower than chance alone makes it: the jackknife does not see that chance, which is nothing beside it in a G that does not
        /// repeat itself.</summary>
        /// <param name="figure">With the interval of the jackknife.</param>
        /// <param name="chance">What the jackknife sees in part: no interval is narrower (<see cref="Repeats"/>).</param>
        /// <param name="passages">What it sees nothing of: their variances add up (<see cref="Typicality"/>).</param>
        private Figure Widened(Figure figure, double chance, double passages = 0)
        {
            if (figure is not { Value: { } value, Low: { } low, High: { } high }) return figure;
            double seen = (high - low) / 2, typical = double.Hypot(seen, TwoSided * passages), half = Math.Max(typical, TwoSided * chance);
            return figure with
            {
                Low = value - half,
                High = value + half,
                Why = half <= Math.Max(Told * seen, Narrow) ? figure.Why : half > typical ? WhyWide() : WhyPassages(),
            };
        }

        private static string WhyPassages() => "what G has of T is a few passages over and over: whether what stands in them is as common elsewhere as the rest of T is chance, "
            + "and the interval is as wide as that";

        private string WhyWide()
        {
            string share = (100 * _few.Unseen.Weight).ToString(_few.Unseen.Weight < 0.05 ? "0.#" : "0", CultureInfo.InvariantCulture);
            string kept = $"{share} % of what it gives and not in the held-out sample";
            return (_few.Unseen.Part > 0.5 ? $"one {plan.Element} is {kept}" : $"some {plan.Element}s come over and over, one of them {kept}")
                + ": whether another real sample would hold it is chance, and the interval is as wide as that";
        }

        private Figure Make(Stat stat, Stat? floor = null, Stat? raw = null)
        {
            double x = At(stat);
            if (!double.IsFinite(x)) return Figure.NotMeasurable(WhyNot(stat));
            return figures.EstimateOf((int)stat, TooFewDocuments()).Figure() with { Floor = floor is { } f ? At(f) : null, Raw = raw is { } r ? At(r) : null };
        }

        /// <summary>Chao's limit, or what is in neither T nor H where that is lower, for it bounds what is hallucinated too. Each with its own error: where
        /// hardly anything of q is real the latter is the hallucinated share of this very G, and half of all G show less than q has.</summary>
        private Figure AtMost(Figure hallucinated)
        {
            if (!double.IsFinite(At(Stat.Neither))) return Figure.NotMeasurable(WhyNot(Stat.Neither));
            if (figures.SpreadOf((int)Stat.Bound) is not { } bound || figures.SpreadOf((int)Stat.Neither) is not { } neither)
                return Figure.NotMeasurable(Jackknife.NoInterval(TooFewDocuments()));
            double limit = Math.Min(At(Stat.Bound) + (OneSided * bound.Error), At(Stat.Neither) + (OneSided * neither.Error));
            // A limit under the point would say that one of the two is wrong; the higher is safe.
            return new Figure { Value = Math.Clamp(Math.Max(limit, hallucinated.Value ?? 0), 0, 1), Raw = At(Stat.Bound) };
        }

        private string? NoMemory()
        {
            double told = At(Stat.Distinguishable);
            if (!double.IsFinite(At(Stat.Memorized)) && !double.IsFinite(At(Stat.Neither))) return WhyNot(Stat.Neither);
            // A ratio whose denominator is within two errors of 0 can be anything.
            bool tells = told > 0 && told > 2 * (figures.SpreadOf((int)Stat.Distinguishable)?.Error ?? references.DistinguishableError ?? 0);
            if (tells && OneSided * InMemory(_few.All) > MostChance) return _few.Kinds < Many ? TooFewKinds() : HardlyDiffer(told);
            if (tells && references.Whole.FloorExcess / told is > MostChance or < -MostChance)
                return "T and H are not alike enough for it: fresh real items lie nearer to one of them by more than half of what T's own do";
            return tells ? null : HardlyDiffer(told);
        }

        /// <summary>What tells T from H is how much more of T's own T itself holds, at H's size where H is smaller.</summary>
        private string HardlyDiffer(double told)
        {
            int training = references.Samples[0].SampleUnits, heldOut = references.Samples[1].SampleUnits;
            string more = 2 * heldOut < training
                ? FormattableString.Invariant($"thinned to the size of H ({heldOut} units beside {training}), ") : "";
            return FormattableString.Invariant($"{more}T holds only {Math.Max(0, 100 * told):0.0} % more of its own {plan.Element}s than H does: ")
                + "what was learned from T cannot be told from what any sample teaches" + (more.Length > 0 ? "; more held-out units would do" : "");
        }

        private string? NoNovelty()
        {
            if (!double.IsFinite(At(Stat.Neither))) return WhyNot(Stat.Neither);
            if (At(Stat.InTraining) == 1) return null;
            if (references.HitUnits < MinHits) return TooFew();
            if (OneSided * InNovelty(_few.New) > MostChance) return TooFewKinds();
            return figures.SpreadOf((int)Stat.Hallucinated) is { } spread && Math.Max(spread.HalfWidth, TwoSided * InNovelty(_few.NewUnseen)) is > MostChance and var half
                ? TooWide(half) : null;
        }

        private string TooFewKinds()
        {
            (string things, string them) = _few.Kinds < 1.5 ? ("one thing", "it") : (FormattableString.Invariant($"{_few.Kinds:0} different things"), "them");
            return $"of this view G holds {things} over and over: whether another sample of what is real has {them} is chance, and what that says of G with it";
        }

        private string WhyNot(Stat stat)
        {
            if (tally.Generated.Whole.Queries == 0) return "G holds no atoms of this view";
            if (stat == Stat.Lost && tally.Generated.Whole.Size < plan.Resolution)
                return $"G is {tally.Generated.Whole.Size:0.#} units; what is lost at n = {plan.Resolution} needs as many";
            return "a sample holds no atoms of this view";
        }

        private string TooFewDocuments()
        {
            (string name, int documents) = _samples.MinBy(sample => sample.Documents);
            string different = name == "G" && documents < tally.Sample.Documents ? "different " : "";
            return $"{documents} {different}{(documents == 1 ? "document" : "documents")} in the smallest sample ({name})";
        }

        private string TooFew()
        {
            int units = references.Of(Role.Floor).SampleUnits, hits = references.HitUnits;
            string need = hits == 0 ? $"far more than {units} units" : $"about {Math.Ceiling(units * (double)MinHits / hits):0} units";
            return $"{hits} of {units} fresh real units hold something new that is found in H, {MinHits} are needed; "
                + $"{need} a sample would do";
        }

        private static Figure Shift(Figure x, double by) => x with { Value = x.Value + by, Low = x.Low + by, High = x.High + by };
    }
}
