using Vestige.Cli.Faults;

namespace Vestige.Tests.Cli;

public class UnknownOptionTests
{
    [Theory]
    [InlineData("vestige audit has no option \"--unts\". Did you mean --units?", "audit", "photos", "jpeg:q=50", "--unts", "5")]
    [InlineData("vestige audit has no option \"--unts\". Did you mean --units?", "audit", "photos", "jpeg:q=50", "--unts=5")]
    [InlineData("vestige work has no option \"--thread\". Did you mean --threads?", "work", "folder", "--thread", "4")]
    [InlineData("vestige audit has no option \"--heartbat\". Did you mean --heartbeat?", "plan", "audit", "photos", "jpeg:q=50", "--heartbat", "1")]
    [InlineData("vestige sample has no option \"--xyzzyxyzzy\"", "sample", "my.model", "--xyzzyxyzzy")]
    public void An_option_that_the_command_does_not_have_is_no_file_and_no_compressor(string message, params string[] line)
    {
        var run = CliRun.Of(line);
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(message, run.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--units 3.5: it takes a whole number up to 2147483647", "audit", "photos", "jpeg", "--units", "3.5")]
    [InlineData("--reserve much: it takes a whole number up to 9223372036854775807", "audit", "photos", "jpeg", "--reserve", "much")]
    [InlineData("--seed -1: it takes a whole number from 0 to 18446744073709551615", "audit", "photos", "jpeg", "--seed", "-1")]
    [InlineData("--documents 99999999999: it takes a whole number up to 2147483647", "audit", "photos", "jpeg", "--documents", "99999999999")]
    [InlineData("--heartbeat soon: it takes a number", "plan", "audit", "photos", "jpeg", "--heartbeat", "soon")]
    [InlineData("--threads many: it takes a whole number up to 2147483647", "train", "x", "ngram", "--out", "y", "--threads", "many")]
    public void A_value_of_another_type_is_answered_with_what_the_option_takes(string message, params string[] line)
    {
        var run = CliRun.Of(line);
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(message, run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_two_dashes_words_are_meant_as_they_are()
    {
        var run = CliRun.Of("inspect", "--", "--photo.jpg");
        Assert.Equal(ExitStatus.Data, run.Status);
        Assert.Contains("--photo.jpg: there is no such file", run.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "audit", "nowhere", "jpeg:q=50", "--heartbeat", "0.001")]
    [InlineData("plan", "--heartbeat", "0.001", "audit", "nowhere", "jpeg:q=50")]
    public void The_heartbeat_of_a_plan_stands_before_the_command_or_behind_it(params string[] line)
    {
        var run = CliRun.Of(line);
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains("--heartbeat 0.001: it takes seconds from 0.05 to 600", run.Messages, StringComparison.Ordinal);
    }
}
