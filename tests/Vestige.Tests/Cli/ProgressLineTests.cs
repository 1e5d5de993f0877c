using Vestige.Cli.Rendering;

namespace Vestige.Tests.Cli;

public sealed class ProgressLineTests
{
    [Theory]
    [InlineData(0, .25, 10, "coding: 25 %, about 30 s left")]
    [InlineData(.5, .75, 10, "coding: 75 %, about 10 s left")] // A quarter took 10 s; what an earlier run did does not count.
    [InlineData(.5, .5, 10, "coding: 50 %")]
    [InlineData(0, .9, .5, "coding: 90 %")]
    [InlineData(0, .01, 60, "coding: 1 %, about 1.7 h left")]
    [InlineData(.2, 1.1, 10, "coding: 100 %, about 0 s left")]
    [InlineData(double.NaN, double.NaN, 10, "coding")] // Nobody knows how much there is.
    public void Time_left_is_reckoned_from_what_this_run_did(double from, double done, double seconds, string line) =>
        Assert.Equal(line, ProgressLine.Line("coding", from, done, TimeSpan.FromSeconds(seconds)));
}
