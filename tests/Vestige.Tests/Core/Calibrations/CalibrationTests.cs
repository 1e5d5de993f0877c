using Vestige.Calibrations;

namespace Vestige.Tests.Core.Calibrations;

/// <summary>The short form of the proof: every estimator on both worlds, independent and clustered. The full one fills docs/calibration.md.</summary>
public sealed class CalibrationTests
{
    public static TheoryData<int> Experiments => [.. Enumerable.Range(0, Plans.Quick().Count)];

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Every_cell_holds_or_is_explained(int experiment)
    {
        IReadOnlyList<Cell> cells = Calibration.Run([Plans.Quick()[experiment]], 0.03, 1, 2, null, TestContext.Current.CancellationToken);
        Assert.All(cells, cell => Assert.True(cell.Verdict != Verdict.Fails, cell.ToString()));
        Assert.Contains(cells, cell => cell.Verdict == Verdict.Holds);
    }

    [Fact]
    public void Cells_do_not_depend_on_the_number_of_threads()
    {
        Experiment experiment = Plans.Quick()[0];
        IReadOnlyList<Cell> Run(int threads) => Calibration.Run([experiment], 0.02, 1, threads, null, TestContext.Current.CancellationToken);
        Assert.Equal(Run(1), Run(3));
    }
}
