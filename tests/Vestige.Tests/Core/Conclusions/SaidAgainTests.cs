using Vestige.Conclusions;
using Vestige.Figures;
using Vestige.Results;

namespace Vestige.Tests.Core.Conclusions;

public sealed class SaidAgainTests
{
    private static readonly Figure s_none = new() { Value = 0 };

    private static string[] Said(AuditResult result, string id) => [.. Conclude.With(result).Findings.Where(finding => finding.Id == id).Select(finding => finding.Text)];

    private static AuditResult With(OutputsReport? outputs) =>
        Given.Result(Given.Row("samples:made", null, 0, 0, codec: false) with { Outputs = outputs });

    [Fact]
    public void What_a_generator_gives_over_and_over_is_told_beside_what_real_documents_do()
    {
        AuditResult result = With(new OutputsReport(900, 100, 200, 800, 3));
        Assert.Equal("200 of 800 documents of samples:made are byte for byte the same as another of them; of 800 real ones 3.", Assert.Single(Said(result, "said-again")));
        Assert.Equal("100 of 900 documents of samples:made are empty and in no figure.", Assert.Single(Said(result, "empty")));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(200, 190)]
    [InlineData(40, 20)]
    public void What_real_documents_repeat_as_well_or_nearly_is_not(int again, int real) => Assert.Empty(Said(With(new OutputsReport(800, 0, again, 800, real)), "said-again"));

    [Fact]
    public void Of_nothing_known_nothing_is_told()
    {
        AuditResult result = With(null);
        Assert.Empty(Said(result, "said-again").Concat(Said(result, "empty")).Concat(Said(result, "too-short")));
    }

    [Fact]
    public void What_is_too_short_to_be_searched_for_is_counted()
    {
        AuditResult result = With(null) with
        {
            Contamination = new Contamination
            {
                How = "runs of words",
                Overlaps = [new Overlap("A", "T", 1, s_none, []) { TooShort = 99 }, new Overlap("H", "T", 10, s_none, []) { TooShort = 90 }],
            },
        };
        Assert.Equal("Too short to be searched for near-copies (runs of words): 90 of 100 documents of what is held out.", Assert.Single(Said(result, "too-short")));
    }
}
