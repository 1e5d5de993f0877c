using Vestige.Estimators.Points;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;

namespace Vestige.Calibrations;

/// <summary>What an outside referee broke an earlier ledger of points with: collapse, look-up tables, junk of other scales, tight and few documents, unequal sizes.</summary>
internal static class PointAdversaries
{
    private const int Seeds = 200;

    private delegate void Maker(ref Rng rng, List<float[]> training, Func<float[]> fresh, List<float[]> made, int count);

    /// <summary>One way to break it.</summary>
    /// <param name="Name">In the tables.</param>
    /// <param name="Dimensions">Of a point.</param>
    /// <param name="Make">Adds the documents of G; null for fresh ones: q = p.</param>
    /// <param name="Hallucinated">True mass outside p.</param>
    /// <param name="Memorized">True mass from T.</param>
    private sealed record Case(string Name, int Dimensions, Maker? Make = null, double Hallucinated = 0, double Memorized = 0)
    {
        internal int PerDocument { get; init; } = 6;

        internal int Documents { get; init; } = 50;

        internal int Generated { get; init; } = 50;

        internal int HeldOut { get; init; } = 50;

        /// <summary>Share of a point's variance that its document decides.</summary>
        internal double Tight { get; init; } = 0.5;

        /// <summary>How often every source has each document.</summary>
        internal int Copies { get; init; } = 1;

        internal double OutlierOfHeldOut { get; init; }

        internal bool Shell { get; init; }

        /// <summary>How many times as far the first coordinate spreads; over 0 distances are then meant as they are, as in the view of whole images.</summary>
        internal float First { get; init; }

        /// <summary>Points of a document that all documents share (what was cut out stands on white), and as many again of which a few share each.</summary>
        internal int White { get; init; }

        internal string? Limit { get; init; }

        /// <summary>q has another law on the places of p: of no point of it can be said that it lies outside p, and what is farther out than p is what E7 aims at.</summary>
        internal bool Farther { get; init; }
    }

    internal static IEnumerable<Experiment> All()
    {
        const string few = "so few items, over and over, lie by chance farther out or farther in than p";
        const string spot = "a spot hangs on the one or two real documents nearest to it, and a jackknife leaves out one at a time";
        Case[] cases =
        [
            .. new[] { 10, 25, 50 }.Select(n => new Case($"q = p, {n} tight documents", 8) { PerDocument = 24, Documents = n, HeldOut = n, Generated = n, Tight = 0.95 }),
            new("q = p, 50 points in 64 dimensions", 64) { PerDocument = 1 },
            new("q = p, |G| a quarter", 8) { Documents = 48, HeldOut = 48, Generated = 12 },
            new("q = p, |G| four times", 8) { Generated = 200 },
            new("q = p, |H| four times |T|", 8) { HeldOut = 200 },
            new("q = p, one of H at 10,000", 8) { OutlierOfHeldOut = 10_000 },
            new("q = p, every document twice", 8) { Copies = 2 },
            new("one of 50 at 10,000", 8, (ref _, _, fresh, made, count) => { Fresh(fresh, made, count); Scale(made[0], 0, 10_000); }, Hallucinated: 0.02),
            new("T with replacement", 8, Redrawn, Memorized: 1),
            new("half T, |H| four times |T|", 8, HalfTraining, Memorized: 0.5) { HeldOut = 200 },
            new("q = p, on white", 8) { White = 2 },
            new("q = p, on white, |H| four times |T|", 8) { White = 2, HeldOut = 200 },
            new("T with replacement, on white", 8, Redrawn, Memorized: 1) { White = 2 },
            new("half T, on white, |H| four times |T|", 8, HalfTraining, Memorized: 0.5) { White = 2, HeldOut = 200 },
            .. new[] { 3, 4 }.Select(far => new Case($"a spot of noise {far} out", 8, (ref rng, _, _, made, count) =>
            {
                for (int i = 0; i < count; i++)
                {
                    float[] item = new float[6 * 8];
                    for (int j = 0; j < item.Length; j++) item[j] = (float)((far / Math.Sqrt(8)) + (0.3 * rng.NextNormal()));
                    made.Add(item);
                }
            }) { Farther = true, Limit = spot }),
            .. new[] { 3, 10, 20 }.SelectMany(k => new[] { 0, 0.02, 0.1 }, (k, jitter) =>
               new Case($"{k} of T over and over, jitter {jitter:0.##}", 8, (ref rng, training, _, made, count) =>
               {
                   for (int i = 0; i < count; i++)
                   {
                       float[] item = [.. training[i % k]];
                       for (int j = 0; j < item.Length; j++) item[j] += (float)(jitter * rng.NextNormal());
                       made.Add(item);
                   }
               }, Memorized: 1) { Limit = few }),
            .. new[] { 3, 10 }.Select(k => new Case($"{k} fresh over and over", 8, (ref _, _, fresh, made, count) =>
            {
                Fresh(fresh, made, k);
                while (made.Count < count) made.Add(made[made.Count % k]);
            }) { Limit = few }),
            // In two dimensions a quarter of what is three times as wide lies among the real.
            .. new[] { 2, 16 }.Select(d => new Case($".2 junk at three times the scale, {d} dimensions", d, Junk(3), Hallucinated: 0.2) { Farther = d == 2 }),
            new(".2 junk in the hollow of a sphere", 8, Junk(0), Hallucinated: 0.2)
                { Shell = true, Limit = "junk inside what is real is within its reach: the certified E_1 stands beside it" },
            new("scaled by .7", 8, (ref _, _, fresh, made, count) => { Fresh(fresh, made, count); foreach (float[] item in made) Scale(item, 0.7f, 0); }) { Farther = true },
            new("scaled by 1.2", 8, (ref _, _, fresh, made, count) => { Fresh(fresh, made, count); foreach (float[] item in made) Scale(item, 1.2f, 0); }) { Farther = true },
        ];
        foreach (Case c in cases.Concat(Scenes()))
        {
            var aims = new Lazy<PointAims>(() => c.Make is null ? default : PointDeal.Aims(seed => Deal(c, seed)));
            yield return new Experiment("points", c.Name, c.Documents, Seeds, seed => Run(c, aims.Value, seed));
        }
    }

    /// <summary>As few points as images, in a scale of their own (the view <c>scene</c>): one point a document, of twelve features, one of which weighs four times.</summary>
    private static IEnumerable<Case> Scenes()
    {
        // The quantile of a third of the normal distribution.
        const float third = 0.4307f, weight = 4;
        foreach (int n in new[] { 50, 200 })
        {
            Case Of(string what, Maker? make = null, double hallucinated = 0, double memorized = 0) =>
                new($"{what}, {n} scenes", 12, make, hallucinated, memorized) { PerDocument = 1, Documents = n, HeldOut = n, Generated = n, First = weight };
            yield return Of("q = p");
            yield return Of("half T", HalfTraining, memorized: 0.5);
            yield return Of("never the third to one side", (ref _, _, fresh, made, count) =>
            {
                while (made.Count < count)
                    if (fresh() is var item && item[0] < weight * third) made.Add(item);
            });
            yield return Of(".2 junk at three times the scale", Junk(3), hallucinated: 0.2);
        }
    }

    private static void Redrawn(ref Rng rng, List<float[]> training, Func<float[]> fresh, List<float[]> made, int count)
    {
        while (made.Count < count) made.Add(training[rng.NextInt(training.Count)]);
    }

    private static void HalfTraining(ref Rng rng, List<float[]> training, Func<float[]> fresh, List<float[]> made, int count)
    {
        made.AddRange(training.Take(count / 2));
        Fresh(fresh, made, count);
    }

    private static Maker Junk(float scale) => (ref _, _, fresh, made, count) =>
    {
        Fresh(fresh, made, count);
        for (int i = 0; i < count / 5; i++) Scale(made[i], scale, 0);
    };

    private static void Fresh(Func<float[]> fresh, List<float[]> made, int count)
    {
        while (made.Count < count) made.Add(fresh());
    }

    private static void Scale(float[] item, float factor, float shift)
    {
        for (int j = 0; j < item.Length; j++) item[j] = (item[j] * factor) + shift;
    }

    private static Outcome[] Run(Case c, PointAims aims, ulong seed)
    {
        PointDeal deal = Deal(c, seed);
        Ledger ledger = deal.References().Audit(deal.Generated, paired: false, new PointLedger.Plan("point", "point", seed));
        string? noise = c.Limit ?? (c.Make is null ? null : "the largest difference over all thresholds, which keeps some of its noise");
        string? room = c.Limit ?? (c.Make is null ? null : "memorized leaves room for what is hallucinated, which keeps one half of its noise");
        Outcome Of(string what, Figure figure, double truth, string? limit) => figure.Low is null
            ? new(what, OutcomeKind.Bias, figure.Value ?? double.NaN, truth, Limit: limit)
            : UrnExperiments.Of(what, figure, truth, limit);
        double hallucinated = c.Farther ? aims.Hallucinated : c.Hallucinated;
        return
        [
            Of("lost, at the resolution of the samples", ledger.Lost, aims.Lost, noise),
            Of("hallucinated", ledger.Hallucinated, hallucinated, noise),
            Of("memorized", ledger.Memorized, c.Memorized, room),
            Of("generalized", ledger.Generalized, 1 - c.Memorized - hallucinated, room),
        ];
    }

    private static PointDeal Deal(Case c, ulong seed)
    {
        List<float[]> Draw(string what, int count)
        {
            var rng = new Rng(Rng.Mix(seed, what));
            var items = new List<float[]>();
            while (items.Count < count) items.Add(Document(c, ref rng));
            return items;
        }

        List<float[]> training = Draw("T", c.Documents), heldOut = Draw("H", c.HeldOut), generated = [];
        if (c.OutlierOfHeldOut > 0) Scale(heldOut[0], 1, (float)c.OutlierOfHeldOut);
        var freshRng = new Rng(Rng.Mix(seed, "fresh"));
        var own = new Rng(Rng.Mix(seed, "G"));
        float[] One()
        {
            return Document(c, ref freshRng);
        }

        if (c.Make is null) Fresh(One, generated, c.Generated);
        else c.Make(ref own, training, One, generated, c.Generated);
        PointSample Sample(List<float[]> items)
        {
            // G is drawn from q in any order; documents are numbered as they come.
            var sample = new PointSample(c.Dimensions);
            foreach (float[] item in items) sample.Add(sample.Documents, item, c.Copies);
            return sample;
        }

        return new PointDeal(Sample(training), Sample(heldOut), Sample(Draw("A", c.Documents)), Sample(generated), Scaled: c.First > 0);
    }

    private static float[] Document(Case c, ref Rng rng)
    {
        double[] theme = new double[c.Dimensions];
        for (int j = 0; j < theme.Length; j++) theme[j] = rng.NextNormal();
        float[] item = new float[c.PerDocument * c.Dimensions];
        for (int j = 0; j < item.Length; j++)
            item[j] = (float)((Math.Sqrt(c.Tight) * theme[j % c.Dimensions]) + (Math.Sqrt(1 - c.Tight) * rng.NextNormal()));
        if (c.First > 0)
            for (int start = 0; start < item.Length; start += c.Dimensions) item[start] *= c.First;
        for (int start = 0; start < c.White * c.Dimensions; start += c.Dimensions)
        {
            const int signs = 60;
            item.AsSpan(start, c.Dimensions).Fill(1);
            var sign = new Rng((ulong)rng.NextInt(signs));
            for (int j = 0; j < c.Dimensions; j++) item[(c.White * c.Dimensions) + start + j] = (float)sign.NextNormal();
        }
        if (!c.Shell) return item;
        for (int start = 0; start < item.Length; start += c.Dimensions)
        {
            Span<float> point = item.AsSpan(start, c.Dimensions);
            double norm = 0;
            foreach (float x in point) norm += x * x;
            for (int j = 0; j < point.Length; j++) point[j] /= (float)Math.Sqrt(norm);
        }
        return item;
    }
}
