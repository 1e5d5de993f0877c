using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Tests.Core.Audits.Documents;

/// <summary>Documents that somebody else drew from q.</summary>
public sealed class SamplesTests
{
    private static Stored<float[]> Samples(string name, params IEnumerable<Entry<float[]>>[] documents) => new(name, [.. documents.SelectMany(d => d)]);

    private static IEnumerable<Entry<float[]>> Entries(Points source) =>
        Enumerable.Range(0, source.Documents.Count).Select(i => new Entry<float[]>(source, i));

    [Fact]
    public void Without_its_training_sample_memorized_and_generalized_are_not_measurable()
    {
        Row row = PlaneAudit.Run(new Points(256), [Samples("samples:made", Entries(new Points(80, 9, "made")))]).RowOf("samples:made");
        foreach (Ledger ledger in row.Ledgers)
        {
            Assert.False(ledger.Memorized.IsMeasured);
            Assert.False(ledger.Generalized.IsMeasured);
            Assert.Contains("--train", ledger.Memorized.Why, StringComparison.Ordinal);
            Assert.Null(ledger.CopyingExcess);
            Assert.True(ledger.Lost.IsMeasured);
        }
        Assert.True(row.Ledgers[0].Hallucinated.IsMeasured);
        Assert.False(row.IsCodec);
    }

    [Fact]
    public void Copies_of_a_training_sample_that_is_named_are_memorized()
    {
        var training = new Points(100, 1, "t");
        Split<float[]> split = Split.Deal(training, new Points(300, 2, "h"), new DealOptions(1000, 1));
        AuditResult result = PlaneAudit.Run(split, [Samples("samples:copies", Entries(training)), Samples("samples:fresh", Entries(new Points(100, 3, "f")))]);
        Assert.Equal(100, result.Source.Deal.Training.Units);
        // All of it is in T; the share printed leaves room for what noise calls hallucinated.
        Assert.Equal(1, result.RowOf("samples:copies").Ledgers[0].Memorized.Raw);
        Figure fresh = result.RowOf("samples:fresh").Ledgers[0].Memorized;
        Assert.InRange(0, fresh.Low!.Value, fresh.High!.Value);
        Assert.Contains(result.Findings, f => f.Id == "memorized" && f.Row == "samples:copies");
        Assert.DoesNotContain(result.Findings, f => f.Id == "memorized" && f.Row == "samples:fresh");
    }

    [Fact]
    public void A_training_sample_that_is_named_is_used_whole_whatever_the_units()
    {
        Split<float[]> split = Split.Deal(new Points(200, 1, "t"), new Points(150, 2, "h"), new DealOptions(30, 1) { Reserve = 60 });
        AuditResult result = PlaneAudit.Run(split, [Samples("samples:made", Entries(new Points(60, 3, "f")))]);
        DealInfo deal = result.Source.Deal;
        Assert.Equal((200, 60, 30, 30), (deal.Training.Units, deal.HeldOut.Units, deal.Floor.Units, deal.Yardstick.Units));
        Assert.Equal(30, deal.LeftOut);
        Assert.Equal(200, result.RowOf("samples:made").Ledgers[0].Sizes.Training);
    }

    [Fact]
    public void They_are_in_no_rate_and_not_among_the_documents_of_the_source()
    {
        AuditResult result = PlaneAudit.Run(new Points(64), [Samples("samples:made", Entries(new Points(80, 9, "made"))), new Rounding("half", 1, 4)]);
        Assert.Equal((64, 64), (result.Source.Documents, result.Source.Usable));
        Assert.Equal(256, result.RowOf("half").Bits.CodedBytes);
        Assert.False(result.RowOf("samples:made").Bits.Rate.IsMeasured);
    }

    [Fact]
    public void As_many_are_taken_as_the_units_allow_and_the_seed_says_which()
    {
        var made = new Points(500, 9, "made");
        AuditResult result = PlaneAudit.Run(new Points(128), [Samples("samples:made", Entries(made))], settings: PlaneAudit.Settings with { Units = 40 });
        Assert.Equal(40, result.RowOf("samples:made").Ledgers[0].Sizes.Generated);
        IReadOnlyList<Entry<float[]>> One(ulong seed) => Split.Draw([.. Entries(made)], 100, seed);
        Assert.Equal(100, One(1).Distinct().Count());
        Assert.Equal(One(1), One(1));
        Assert.NotEqual(One(1), One(2));
    }

    [Fact]
    public void One_that_cannot_be_read_is_a_problem_of_its_row_s_documents_and_the_rest_goes_on()
    {
        var made = new Points(40, 9, "made");
        made.Gone.Add(5);
        AuditResult result = PlaneAudit.Run(new Points(64), [Samples("samples:made", Entries(made))]);
        Assert.Equal("made0005", Assert.Single(result.Problems).Document);
        Assert.NotEmpty(result.RowOf("samples:made").Ledgers);
        Assert.Equal(64, result.Source.Usable);
    }
}
