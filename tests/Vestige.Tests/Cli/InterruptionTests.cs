using System.Diagnostics;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli;

/// <summary>Runs that are broken off, in processes of their own: what they leave, and what the same command makes of it.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly Dictionary<string, string> s_noEnvironment = [];

    private readonly Photos _photos = new(32, side: 160);

    public void Dispose() => _photos.Dispose();

    private string[] Command(string folder, bool world = false) => world
        ? ["audit", "world:facts:people=24,phrasings=4,documents=1200", "ngram:order=6", "transformer:layers=1,width=32,heads=2,context=48,steps=30",
            "--out", _photos.Beside(folder)]
        : ["audit", _photos.Source, "jpeg:q=20..80/20", "webp:q=50", "nearest:scale=4", "--out", _photos.Beside(folder), "--fail-if", "rate>99"];

    /// <summary>The repeatable part of what a folder holds; the command line, which names the folder, left out.</summary>
    private string Repeatable(string folder)
    {
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(Path.Combine(_photos.Beside(folder), "results.json")));
        return System.Text.Encoding.UTF8.GetString(ResultJson.ToUtf8(result with { Speed = [], Run = result.Run with { Command = "" } }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Killed_at_random_moments_it_ends_with_the_result_of_an_unbroken_run(bool world)
    {
        Process unbroken = CliRun.Start(s_noEnvironment, Command("unbroken", world));
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, CliRun.Wait(unbroken).Status);
        double seconds = watch.Elapsed.TotalSeconds;

        var random = new Vestige.Numerics.Rng(1);
        var grown = new List<long>();
        for (int kill = 0; kill < 4; kill++)
        {
            using Process process = CliRun.Start(s_noEnvironment, Command("broken", world));
            // Between start-up and the end of a run that has everything to do.
            if (!process.WaitForExit(TimeSpan.FromSeconds(seconds * (0.2 + (0.7 * random.NextDouble()))))) process.Kill();
            process.WaitForExit();
            var journal = new FileInfo(Path.Combine(_photos.Beside("broken"), "journal"));
            grown.Add(journal.Exists ? journal.Length : 0);
        }
        Assert.Equal(grown.Order(), grown);
        CliRun last = CliRun.Wait(CliRun.Start(s_noEnvironment, Command("broken", world)));
        Assert.Equal(0, last.Status);
        Assert.Equal(Repeatable("unbroken"), Repeatable("broken"));
        foreach (string file in Directory.GetFiles(_photos.Beside("unbroken"), "*.png", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(file.Replace("/unbroken/", "/broken/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_runs_in_one_folder_are_one_too_many()
    {
        using (Vestige.Cli.Runs.JournalFile.Open(Path.Combine(Directory.CreateDirectory(_photos.Beside("shared")).FullName, "journal")))
        {
            CliRun second = CliRun.Wait(CliRun.Start(s_noEnvironment, Command("shared")));
            Assert.Equal(3, second.Status);
            Assert.Contains("is in use: another vestige audit is writing to this folder", second.Error, StringComparison.Ordinal);
        }
        Assert.Equal(0, CliRun.Wait(CliRun.Start(s_noEnvironment, Command("shared"))).Status);
    }

    [Fact]
    public void A_disk_that_fills_during_the_run_ends_with_3_and_room_lets_it_go_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a limit on the size of files");
        // A limit of 16 blocks of 1024 bytes on any file, met with an error instead of a signal.
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("trap '' XFSZ; ulimit -f 16; exec dotnet \"$0\" \"$@\"");
        start.ArgumentList.Add(typeof(Vestige.Cli.Program).Assembly.Location);
        foreach (string argument in Command("full")) start.ArgumentList.Add(argument);
        // The runtime maps the code it makes through a file, which the limit would stop.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        CliRun run = CliRun.Wait(Process.Start(start)!);
        Assert.Equal(3, run.Status);
        Assert.Contains("journal cannot be written: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("make room, and the same command goes on where it stopped", run.Error, StringComparison.Ordinal);
        Assert.Equal([".vestige", "journal"], Directory.GetFileSystemEntries(_photos.Beside("full")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, CliRun.Wait(CliRun.Start(s_noEnvironment, Command("full"))).Status);
    }

    [Fact]
    public void Results_that_cannot_be_printed_end_with_3()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-c", "exec dotnet \"$0\" \"$@\" > /dev/full", typeof(Vestige.Cli.Program).Assembly.Location, .. Command("printed")])
            start.ArgumentList.Add(argument);
        CliRun run = CliRun.Wait(Process.Start(start)!);
        Assert.Equal(3, run.Status);
        Assert.Contains("the results cannot be printed", run.Error, StringComparison.Ordinal);
    }
}
