using System.Text.RegularExpressions;

namespace Vestige.Tests.Cli;

/// <summary>What <c>--help</c> says of every command.</summary>
public sealed partial class HelpTests
{
    public static TheoryData<string> Commands
    {
        get
        {
            string help = CliRun.Of("--help").Out;
            return [.. CommandLine().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value)];
        }
    }

    [Fact]
    public void All_commands_are_named() => Assert.Superset(new HashSet<string> { "audit", "inspect", "study", "train", "calibrate", "finish" }, Commands.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_has_examples_and_says_defaults_as_they_are_typed(string command)
    {
        CliRun run = CliRun.Of(command, "--help");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains("Usage:", run.Out, StringComparison.Ordinal);
        Assert.Contains($"vestige {command}", run.Out, StringComparison.Ordinal);
        // The name of a type, where a default has no words.
        Assert.DoesNotMatch(@"\[default: (Vestige|System)\.", run.Out);
    }

    [GeneratedRegex(@"^  ([a-z]+)\b", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
