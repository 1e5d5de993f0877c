using System.Globalization;

namespace Vestige.Tests.Fuzzing;

/// <summary>Every parser of what may come from anywhere: whatever it is given, it takes it or says why not, in bounded time and memory.</summary>
/// <remarks>Short here; <c>fuzz/run</c> runs the same for a stated time. Seeds that once failed are in <c>fuzz/seeds</c>.</remarks>
public sealed class FuzzTests : IDisposable
{
    private readonly FuzzTargets _targets = new();

    public static TheoryData<string> Names => [.. FuzzTargets.Names];

    public void Dispose() => _targets.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_it_is_given_it_takes_or_refuses(string name)
    {
        // Set by fuzz/run.
        string? only = Environment.GetEnvironmentVariable("VESTIGE_FUZZ_ONLY");
        Assert.SkipWhen(only is { Length: > 0 } && only != name, "another is asked for");
        bool isLong = double.TryParse(Environment.GetEnvironmentVariable("VESTIGE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double seconds);
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("VESTIGE_FUZZ_SEED"), out ulong asked) ? asked : 1;
        long most = long.TryParse(Environment.GetEnvironmentVariable("VESTIGE_FUZZ_INPUTS"), CultureInfo.InvariantCulture, out long stated) ? stated : long.MaxValue;
        FuzzTarget.Outcome outcome = _targets.Of(name).Run(isLong ? most : 2000, TimeSpan.FromSeconds(isLong ? seconds : 1), seed,
            Path.Combine(Repository.Root, "artifacts", "fuzz"));
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{name}: {outcome.Inputs:N0} inputs, {outcome.Taken:N0} taken, slowest {outcome.Slowest.TotalMilliseconds:0} ms, {outcome.Faults.Count} kinds of fault");
        if (isLong) File.AppendAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "fuzz")).FullName, "log"), line + "\n");
        Assert.True(outcome.Faults.Count == 0, line + "\n" + string.Join("\n", outcome.Faults));
        Assert.True(outcome.Taken > 0, line + ": not even what is right was taken");
    }

    [Fact]
    public void Its_inputs_differ_and_the_same_seed_makes_the_same()
    {
        byte[] seed = "{\"a\": 1, \"text\": \"It was a dark and stormy night.\"}"u8.ToArray();
        string[] first = Inputs(1), again = Inputs(1), other = Inputs(2);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        // Few changes give an input twice, or the seed itself; most do not.
        Assert.True(first.Distinct().Count() > 150, $"{first.Distinct().Count()} different inputs of 200");

        string[] Inputs(ulong number)
        {
            var mutator = new Mutator([seed], ["null"], number);
            return [.. Enumerable.Range(0, 200).Select(_ => Convert.ToHexString(mutator.Next()))];
        }
    }
}
