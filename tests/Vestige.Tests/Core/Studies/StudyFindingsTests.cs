using Vestige.Studies;

namespace Vestige.Tests.Core.Studies;

public sealed class StudyFindingsTests
{
    /// <summary>Rate is the same at every level of data, to the last digit; ssimulacra2 differs a little between blocks.</summary>
    private static StudyResult Measured(params Response[] more)
    {
        var design = StudyDesign.Of([new Factor("q", ["30", "80"]), new Factor("data", ["1/2", "1"])], DesignKind.Full);
        var measured = new StudyResult
        {
            Vestige = "0.1.0",
            Command = "vestige study",
            Seed = 1,
            Source = "photos",
            Compressor = "webp",
            Units = 10,
            Factors = design.Factors,
            Design = design.Summary,
            Cells = [.. design.Cells],
            Blocks = 2,
            Budgets = [""],
            Responses = [new Response("rate", "bits/pixel"), new Response("ssimulacra2", "score"), .. more],
            Rows = [.. design.Cells.Select((cell, c) => new StudyRow(0, c, $"cell {c}", new Dictionary<string, IReadOnlyList<double?>>
            {
                ["rate"] = [1 + cell[0], 1 + cell[0]],
                ["ssimulacra2"] = [50 + (.1 * c), 50 - (.1 * c)],
                ["lost"] = [.1, .2],
            }))],
            Effects = [],
        };
        return StudyAnalysis.Of(measured, design);
    }

    [Fact]
    public void Of_what_is_the_same_in_every_block_no_limit_is_told()
    {
        IReadOnlyList<string> findings = Measured().Findings;
        Assert.Contains("Rate is moved by q 80 for 30 (+1.00 in every block).", findings);
        Assert.Contains("Rate does not depend on data: the effect is exactly none in every block.", findings);
        Assert.DoesNotContain(findings, finding => finding.StartsWith("No effect on rate", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.StartsWith("No effect on ssimulacra2 is seen of q (none above ", StringComparison.Ordinal));
    }

    [Fact]
    public void Why_lost_is_not_told_where_data_varies_is_said()
    {
        Assert.Contains(Measured().Findings, finding => finding.StartsWith("What is lost is not told where data varies", StringComparison.Ordinal));
        Assert.DoesNotContain(Measured(new Response("lost", "share")).Findings, finding => finding.StartsWith("What is lost", StringComparison.Ordinal));
    }
}
