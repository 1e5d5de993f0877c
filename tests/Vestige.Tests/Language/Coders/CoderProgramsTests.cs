using Vestige.Audits.Documents;
using Vestige.Language.Coders;
using Vestige.Results;

namespace Vestige.Tests.Language.Coders;

/// <summary>Lossless coders in processes of their own; most stand in as a line of shell, whose sizes are known.</summary>
public sealed class CoderProgramsTests
{
    private static readonly TextList s_training = new(16, new string('a', 160), new string('b', 160)), s_heldOut = new(16, new string('c', 80));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public CoderProgramsTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");

    private static CoderProgram Shell(string name, string script) => new(name, ["sh"], "text.out", ["-c", script], ["-c", "echo " + name + " 1.2.3"]);

    private static CoderResults? Measure(IJournal? journal, TimeSpan limit, params CoderProgram[] coders) =>
        new CoderPrograms(coders, limit).Measure(s_training.Entries, s_heldOut.Entries, journal ?? new MemoryJournal(), 2, null, Cancel);

    private static CoderResult Only(string script, double seconds = 60) =>
        Measure(null, TimeSpan.FromSeconds(seconds), Shell("coder", script))!.Coders.Single();

    [Fact]
    public void Sizes_become_rates_of_training_of_held_out_after_it_and_of_both()
    {
        // 10 bytes and half of what is there: 170 of 320, 210 of 400.
        CoderResults codes = Measure(null, TimeSpan.FromMinutes(1), Shell("half", "head -c $(( 10 + $(wc -c < text) / 2 )) text > text.out"), Shell("copy", "cp text text.out"))!;
        Assert.Equal((320, 320, 80, 80), (codes.TrainingBytes, codes.OfTraining, codes.HeldOutBytes, codes.OfHeldOut));
        Assert.Equal(["half", "copy"], codes.Coders.Select(coder => coder.Name));
        Assert.Equal((8.0 * 170 / 320, 8.0 * 40 / 80, 8.0 * 210 / 400), (codes.Coders[0].Training.Value, codes.Coders[0].HeldOut.Value, codes.Coders[0].Together.Value));
        Assert.Equal(8, codes.Coders[1].HeldOut.Value);
        Assert.Equal("1.2.3", codes.Coders[0].Version);
        Assert.Equal("half", codes.Best()!.Name);
    }

    [Fact]
    public void What_is_coded_is_training_then_held_out()
    {
        // Bytes before the first c: of T alone none is there, so that nothing is counted.
        Assert.Equal(8.0 * 320 / 80, Only("tr -d c < text > all; if cmp -s all text; then : > text.out; else cp all text.out; fi").HeldOut.Value);
    }

    [Fact]
    public void Coders_that_are_absent_are_left_out()
    {
        var absent = new CoderProgram("absent", ["no-such-program-at-all"], "text.out", [], []);
        Assert.Equal(["copy"], Measure(null, TimeSpan.FromMinutes(1), absent, Shell("copy", "cp text text.out"))!.Coders.Select(coder => coder.Name));
        Assert.Null(Measure(null, TimeSpan.FromMinutes(1), absent));
    }

    [Theory]
    [InlineData("sleep 600", "did not end within 0.5 s and was stopped")]
    [InlineData("echo no memory >&2; exit 7", "ended with status 7: no memory")]
    [InlineData("true", "wrote nothing")]
    public void A_coder_that_fails_says_why_and_the_others_stand(string script, string why)
    {
        CoderResults codes = Measure(null, TimeSpan.FromSeconds(0.5), Shell("bad", script), Shell("copy", "cp text text.out"))!;
        Assert.Null(codes.Coders[0].HeldOut.Value);
        Assert.Equal($"bad {why}", codes.Coders[0].HeldOut.Why);
        Assert.Equal("copy", codes.Best()!.Name);
    }

    [Fact]
    public void Cancelled_it_ends_its_programs()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => new CoderPrograms([Shell("slow", "sleep 600")], TimeSpan.FromMinutes(20))
            .Measure(s_training.Entries, s_heldOut.Entries, new MemoryJournal(), 1, null, stop.Token));
        // Far below what the program would have slept.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 300);
    }

    [Fact]
    public void Work_in_the_journal_is_not_done_again()
    {
        var journal = new MemoryJournal();
        string count = Path.GetTempFileName();
        try
        {
            CoderProgram coder = Shell("counts", $"cp text text.out; echo x >> '{count}'");
            CoderResults first = Measure(journal, TimeSpan.FromMinutes(1), coder)!, again = Measure(journal, TimeSpan.FromMinutes(1), coder)!;
            Assert.Equal(first.Coders, again.Coders);
            Assert.Equal(2, File.ReadAllLines(count).Length);
        }
        finally
        {
            File.Delete(count);
        }
    }

    /// <summary>Each coder that is here, as it is called in earnest: it can be run, compresses, and knows T when it reads H.</summary>
    [Fact]
    public void Coders_of_this_machine_do_what_they_are_asked()
    {
        string text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i * 7919 % 10007} and {i * 104729 % 3571}, "));
        var training = new TextList(16, text);
        var heldOut = new TextList(16, text[9000..20000]);
        CoderResults? codes = new CoderPrograms().Measure(training.Entries, heldOut.Entries, new MemoryJournal(), 2, null, Cancel);
        Assert.SkipWhen(codes is null, "no lossless coder is installed");
        Assert.All(codes.Coders, coder =>
        {
            Assert.InRange(coder.Training.Value ?? -1, 1, 7);
            // H is a part of T; PPM finds it by contexts of six bytes, the others by one long match.
            Assert.InRange(coder.HeldOut.Value ?? -1, 0, coder.Name == "7-Zip PPMd" ? coder.Training.Value!.Value : 0.2);
            Assert.Matches(@"^\d+\.\d+", coder.Version);
        });
    }
}
