using Vestige.Audits.Exact;
using Vestige.Figures;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Worlds;

namespace Vestige.Tests.Core.Audits.Exact;

/// <summary>Exact ledgers of worlds small enough for the back of an envelope.</summary>
public sealed class WorldAccountTests
{
    // Items 0 to 3; 0 and 1 say one thing, 2 and 3 another; T holds 0 twice and 2 once.
    private static readonly double[] s_p = [.4, .3, .2, .1, 0, 0];
    private static readonly Falsehood[] s_falsehoods = [new("near", true), new("far", false)];
    private static readonly WorldAccount s_account = new(s_p, s_falsehoods, [0, 0, 1, 2], [0, 2, 0], resolution: 2);

    private static double Of(IReadOnlyList<SharePart> parts, string name) => parts.Single(part => part.Name == name).Share.Value!.Value;

    [Fact]
    public void A_density_is_summed()
    {
        ExactReport exact = s_account.Enumerated(new Masses([.1, .2, .05, .15, .3, .2], [], 0) with { Items = [.1, .2, .05, .15], Falsehoods = [.3, .2] }, "items", "enumerated");
        Assert.Equal((.15, .6), (Math.Round(exact.InTraining!.Value!.Value, 12), Math.Round(exact.InTraining.Floor!.Value, 12)));
        // What a sample of three holds: 1 - (1-p)^3. It holds more of q than this T does: no memory, and the figure stands at 0.
        Assert.Equal(0, exact.Memorized.Value);
        Assert.Equal(.5, exact.Generalized.Value!.Value, 1e-12);
        Assert.Equal(.5, exact.Hallucinated.Value!.Value, 1e-12);
        Assert.Equal((.2, .15), (Of(exact.GeneralizedParts, "inferable"), Of(exact.GeneralizedParts, "lucky")));
        Assert.Equal((.3, .2), (Of(exact.HallucinatedParts, "near"), Of(exact.HallucinatedParts, "far")));
        // sum p (1-q)^2 and sum p (1-p)^2.
        double lost = (.4 * .81) + (.3 * .64) + (.2 * .9025) + (.1 * .7225), floor = (.4 * .36) + (.3 * .49) + (.2 * .64) + (.1 * .81);
        Assert.Equal(lost - floor, exact.Lost.Value!.Value, 1e-12);
        Assert.Equal(.3 + .1 + .15, exact.Curve[0].Lost.Value!.Value, 1e-12);
        Assert.Equal(.05 + .3 + .2, exact.Curve[0].Invented.Value!.Value, 1e-12);
        Assert.Empty(exact.Originals);
        Assert.False(exact.DivergenceQp!.IsMeasured);
        Assert.Equal(0, exact.SupportLoss.Value);
    }

    [Fact]
    public void A_codec_is_judged_by_what_it_makes_of_T_and_of_p()
    {
        // 0 becomes 1, 1 stays, 2 becomes what looks like an item and is none, 3 becomes nothing like one.
        ExactReport exact = s_account.Coded([1, 1, ~0, ~1], "items");
        Assert.Equal((0, 0, 1.0 / 3), (exact.InTraining!.Value, exact.Memorized.Value, exact.Hallucinated.Value));
        Assert.Equal(2.0 / 3, exact.Generalized.Value!.Value, 1e-12);
        Assert.Equal((2.0 / 3, 0), (Of(exact.GeneralizedParts, "inferable"), Of(exact.GeneralizedParts, "lucky")));
        Assert.Equal((1.0 / 3, 0), (Of(exact.HallucinatedParts, "near"), Of(exact.HallucinatedParts, "far")));
        Assert.Equal(.3, Of(exact.Originals, "itself"), 1e-12);
        Assert.Equal(.6, Of(exact.Originals, "another"), 1e-12);
        Assert.Equal(.1, Of(exact.Originals, "far"), 1e-12);
        Assert.Equal((.7, .2), (Math.Round(Of(exact.Originals, "fact kept"), 12), Math.Round(Of(exact.Originals, "fact changed"), 12)));
        Assert.Equal(.7, exact.SupportLoss.Value!.Value, 1e-12);
        Assert.Equal(-(.7 * Math.Log2(.7)) - (.2 * Math.Log2(.2)) - (.1 * Math.Log2(.1)), exact.EntropyQ!.Value!.Value, 1e-12);
    }

    [Fact]
    public void What_was_left_out_of_an_enumeration_widens_the_shares_it_may_belong_to()
    {
        ExactReport exact = s_account.Enumerated(new Masses([.1, .2, .05, .15], [.3, .2], .01), "items", "enumerated");
        Assert.Equal((exact.Generalized.Value, .51), (exact.Generalized.Low, Math.Round(exact.Generalized.High!.Value, 12)));
        Assert.Equal((.49, exact.Hallucinated.Value), (Math.Round(exact.Hallucinated.Low!.Value, 12), exact.Hallucinated.High));
    }

    [Fact]
    public void Classified_samples_have_the_enumerated_values_inside_their_intervals()
    {
        double[] q = [.1, .2, .05, .15, .3, .2];
        ExactReport enumerated = s_account.Enumerated(new Masses(q[..4], q[4..], 0), "items", "enumerated");
        var table = new AliasTable(q);
        int held = 0, figures = 0;
        var lost = new List<double>();
        for (ulong seed = 0; seed < 100; seed++)
        {
            var rng = new Rng(seed);
            int[][] documents = [.. Enumerable.Range(0, 200).Select(_ => table.Draw(ref rng) is var i && i < 4 ? new[] { i } : [~(i - 4)])];
            ExactReport classified = ClassifiedAccount.Of(s_account, documents, "items");
            lost.Add(classified.Lost.Value!.Value);
            foreach ((Figure exact, Figure figure) in new[]
            {
                (enumerated.Lost, classified.Lost), (enumerated.Memorized, classified.Memorized), (enumerated.Generalized, classified.Generalized),
                (enumerated.Hallucinated, classified.Hallucinated),
                (enumerated.GeneralizedParts[0].Share, classified.GeneralizedParts[0].Share), (enumerated.HallucinatedParts[1].Share, classified.HallucinatedParts[1].Share),
            })
            {
                figures++;
                if (exact.Value >= figure.Low && exact.Value <= figure.High) held++;
            }
        }
        // 600 dependent looks at 95 %: under 91 % they do not say what they promise.
        Assert.InRange(held, .91 * figures, figures);
        Core.Worlds.Statistics.AssertMean(enumerated.Lost.Value!.Value, lost);
    }

    [Fact]
    public void An_estimate_is_held_against_the_exact_figure()
    {
        ExactReport exact = s_account.Enumerated(new Masses([.1, .2, .05, .15], [.3, .2], 0), "items", "enumerated");
        Ledger estimated = Given.Row("x", null, lost: 0, hallucinated: .49, codec: false).Ledgers[0];
        IReadOnlyList<Agreement> agreements = WorldAccount.Compare(exact, estimated);
        Agreement hallucinated = agreements.Single(a => a.Figure == "hallucinated");
        Assert.Equal((.5, .49, true), (hallucinated.Exact, hallucinated.Estimate, hallucinated.Inside));
        Assert.Equal(-.01, hallucinated.Difference!.Value, 1e-12);
        Assert.False(agreements.Single(a => a.Figure == "memorized").Inside);
    }
}
