using System.Diagnostics;

namespace Vestige.Tests.Fuzzing;

/// <summary>A parser under inputs that are nearly right.</summary>
/// <param name="Name">Of its seeds' folder.</param>
/// <param name="Seeds">Inputs that it takes.</param>
/// <param name="Words">What its format knows.</param>
/// <param name="Parse">The parser, and what is done with what it made.</param>
/// <param name="Declared">Whether it documents that it throws this.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<string> Words, Action<byte[]> Parse, Func<Exception, bool> Declared)
{
    // What a parser may take of any input, by the bar of the design.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);
    private const long MostBytes = 1L << 30;

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
        for (; inputs < most && all.Elapsed < time; inputs++)
        {
            // The seeds themselves first: what once failed is among them.
            byte[] input = inputs < Seeds.Count ? Seeds[(int)inputs] : mutator.Next();
            string? fault = null;
            long before = GC.GetAllocatedBytesForCurrentThread();
            var one = Stopwatch.StartNew();
            try
            {
                Parse(input);
                taken++;
            }
            catch (Exception e) when (Declared(e))
            {
                // As it should be.
            }
            catch (Exception e)
            {
                fault = $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()}";
            }
            TimeSpan took = one.Elapsed;
            if (took > slowest) slowest = took;
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            // On a loaded machine time says little: what is slow is run again.
            if (fault is null && took > s_longest && Again(input) > s_longest) fault = $"took {took.TotalSeconds:0.0} s";
            if (fault is null && bytes > MostBytes) fault = $"allocated {bytes >> 20} MB";
            if (fault is not null && faults.TryAdd(fault.Length > 120 ? fault[..120] : fault, ""))
                faults[fault.Length > 120 ? fault[..120] : fault] = $"{fault} ({Keep(input, keep)})";
        }
        return new Outcome(inputs, taken, [.. faults.Values], slowest);
    }

    private TimeSpan Again(byte[] input)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            Parse(input);
        }
        catch (Exception e) when (Declared(e))
        {
            // Counted for its time only.
        }
        return watch.Elapsed;
    }

    private string Keep(byte[] input, string folder)
    {
        string file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(file, input);
        return file;
    }
}
