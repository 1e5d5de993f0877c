using System.Text;
using Vestige.Calibrations;
using Vestige.Cli.Commands;
using Vestige.Cli.Rendering;

namespace Vestige.Tests.Cli;

/// <summary>The page of the calibration, and the worlds that real compressors are judged on.</summary>
public sealed class CalibrateTests
{
    private static Cell Given(string estimand, double truth, double mean, double share) => new()
    {
        World = "world:test",
        Oracle = "oracle:drop=0.2",
        Units = 100,
        Estimand = estimand,
        Kind = OutcomeKind.Value,
        Runs = 200,
        Truth = truth,
        Mean = mean,
        BiasInErrors = 1,
        Share = share,
        HalfWidth = .04,
        Asked = .03,
        Verdict = Verdict.Holds,
    };

    [Fact]
    public void A_plot_has_truth_and_estimate_where_they_are()
    {
        var text = new StringBuilder();
        CalibrationPlot.Write(text, [Given("lost", .5, .6, .95), Given("hallucinated", 1.4, 1.4, double.NaN), Given("missing mass", .1, .1, .9)]);
        string[] lines = text.ToString().Split(Environment.NewLine);
        Assert.Equal("lost               0         .2        .4        .6        .8        1", lines[3]);
        Assert.Equal("oracle:drop=0.2    |                        o    x                   |     95 %", lines[4]);
        // Beyond the axis it stands at the edge.
        Assert.Equal("oracle:drop=0.2    |                                                 | *", lines[7].TrimEnd());
        Assert.DoesNotContain("missing", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Known_limits_come_first_with_their_size_and_what_is_said_of_them()
    {
        Cell Limited(double mean, Verdict verdict, bool beside) => Given("hallucinated", 0, mean, .2) with { Verdict = verdict, Limit = "uneven", SaidBeside = beside };
        string page = CalibrationTable.Markdown(
            [Given("lost", .5, .5, .95), Limited(.03, Verdict.Explained, false), Limited(.04, Verdict.Explained, false),
                Limited(.3, Verdict.Explained, true), Limited(.2, Verdict.Fails, false)], "test");
        Assert.Contains("| hallucinated | uneven | 2 | +0.0400 | world:test, 100 units, oracle:drop=0.2 | at most .05 |", page, StringComparison.Ordinal);
        Assert.Contains("| hallucinated | uneven | 1 | +0.3000 | world:test, 100 units, oracle:drop=0.2 | \"at most\" stands beside it, and holds |",
            page, StringComparison.Ordinal);
        Assert.Contains("| **fails** |", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("## Known limits", StringComparison.Ordinal) < page.IndexOf("## world:test", StringComparison.Ordinal));
        Assert.Contains("None was met.", CalibrationTable.Markdown([Given("lost", .5, .5, .95)], "test"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jpeg:q=20")]
    [InlineData("ngram:order=10,temperature=0.5")]
    [InlineData("oracle:temper=1.3")]
    public void Real_compressors_and_oracles_hold_or_are_explained_on_the_worlds(string compressor)
    {
        Experiment[] experiments = [.. WorldPlans.Quick().Where(e => e.Oracle == compressor)];
        Assert.NotEmpty(experiments);
        IReadOnlyList<Cell> cells = Calibration.Run(experiments, 0.1, 1, 2, null, TestContext.Current.CancellationToken);
        Assert.All(cells, cell => Assert.True(cell.Verdict != Verdict.Fails, cell.ToString()));
        Assert.Contains(cells, cell => cell is { Verdict: Verdict.Holds, Estimand: "lost" });
    }

    [Fact]
    public void The_full_plan_has_the_rows_of_the_default_audit()
    {
        string[] planned = [.. WorldPlans.Full().Select(experiment => experiment.Oracle)];
        foreach (string spec in DefaultAudit.Worlds.SelectMany(world => world.Compressors)) Assert.Contains(spec, planned);
    }
}
