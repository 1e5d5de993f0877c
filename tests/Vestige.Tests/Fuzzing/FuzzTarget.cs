using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Vestige.Tests.Fuzzing;

/// <summary>A parser under inputs that are nearly right.</summary>
/// <param name="Name">Of its seeds' folder.</param>
/// <param name="Seeds">Inputs that it takes.</param>
/// <param name="Words">What its format knows.</param>
/// <param name="Parse">The parser, and what is done with what it made.</param>
/// <param name="Declared">Whether it documents that it throws this.</param>
internal sealed partial record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<string> Words, Action<byte[]> Parse, Func<Exception, bool> Declared)
{
    /// <summary>Puts right what a changed length spoils, so that what stands behind it is reached; every second input is given to it.</summary>
    internal Func<byte[], byte[]>? Mend { get; init; }

    // What a parser may take of any input, by the bar of the design.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);
    private const long MostBytes = 1L << 30;

    private const int MostKinds = 256;

    /// <summary>What a run found.</summary>
    /// <param name="Inputs">How many there were.</param>
    /// <param name="Taken">How many of them were taken.</param>
    /// <param name="Faults">What should not have happened, a line each, with the file that the input is kept in.</param>
    /// <param name="Slowest">The longest time that one took.</param>
    internal sealed record Outcome(long Inputs, long Taken, IReadOnlyList<string> Faults, TimeSpan Slowest);

    /// <summary>Runs it.</summary>
    /// <param name="most">Inputs at most.</param>
    /// <param name="time">Time at most.</param>
    /// <param name="seed">The same seed makes the same inputs.</param>
    /// <param name="keep">Where inputs that fail are kept.</param>
    internal Outcome Run(long most, TimeSpan time, ulong seed, string keep)
    {
        var mutator = new Mutator(Seeds, Words, seed);
        var faults = new Dictionary<string, string>();
        var all = Stopwatch.StartNew();
        long inputs = 0, taken = 0;
        TimeSpan slowest = TimeSpan.Zero;
        // What ends in a way that was not seen before is mutated further: kinds of refusal stand for paths through the parser.
        var ends = new HashSet<string>();
        for (; inputs < most && all.Elapsed < time; inputs++)
        {
            string end = "taken";
            // The seeds themselves first: what once failed is among them.
            byte[] input = inputs < Seeds.Count ? Seeds[(int)inputs] : mutator.Next();
            if (Mend is { } mend && inputs >= Seeds.Count && inputs % 2 == 0) input = mend(input);
            string? fault = null;
            long before = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan started = Environment.CpuUsage.TotalTime;
            try
            {
                Parse(input);
                taken++;
            }
            catch (Exception e) when (Declared(e))
            {
                end = KindOf(e);
            }
            catch (Exception e)
            {
                fault = $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}";
            }
            TimeSpan took = Environment.CpuUsage.TotalTime - started;
            if (took > slowest) slowest = took;
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            // Processor time, since on a loaded machine the clock says little; a collection or the compiler may still fall into it, so that what is slow is run again.
            if (fault is null && took > s_longest && Enumerable.Range(0, 3).All(_ => Again(input) > s_longest)) fault = $"took {took.TotalSeconds:0.0} s";
            if (fault is null && bytes > MostBytes) fault = $"allocated {bytes >> 20} MB";
            if (fault is not null && faults.TryAdd(fault.Length > 120 ? fault[..120] : fault, ""))
                faults[fault.Length > 120 ? fault[..120] : fault] = $"{fault} ({Keep(input, keep)})";
            if (inputs >= Seeds.Count && ends.Count < MostKinds && ends.Add(end)) mutator.Add(input);
        }
        return new Outcome(inputs, taken, [.. faults.Values], slowest);
    }

    /// <summary>A refusal without its numbers and what it quotes of the input.</summary>
    private static string KindOf(Exception refusal) => Details().Replace(refusal.GetType().Name + refusal.Message, "#");

    [GeneratedRegex(@"""[^""]*""|'[^']*'|\d+|\$\.\S+")]
    private static partial Regex Details();

    private TimeSpan Again(byte[] input)
    {
        TimeSpan started = Environment.CpuUsage.TotalTime;
        try
        {
            Parse(input);
        }
        catch (Exception e) when (Declared(e))
        {
            // Counted for its time only.
        }
        return Environment.CpuUsage.TotalTime - started;
    }

    private string Keep(byte[] input, string folder)
    {
        string file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(file, input);
        return file;
    }
}
