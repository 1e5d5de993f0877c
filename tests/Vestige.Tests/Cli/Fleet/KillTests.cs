using System.Diagnostics;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli.Fleet;

/// <summary>Workers in processes of their own that are killed, or asked to end. bench/fleet.py does the same with more of everything.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly Dictionary<string, string> s_noEnvironment = [];

    private readonly Photos _photos = new(32, side: 96);

    public void Dispose() => _photos.Dispose();

    private string[] Audit(string folder) => ["audit", _photos.Source, "jpeg:q=50", "webp:q=50", "--units", "8", "--out", _photos.Beside(folder)];

    private string Repeatable(string folder)
    {
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(Path.Combine(_photos.Beside(folder), "results.json")));
        return System.Text.Encoding.UTF8.GetString(ResultJson.ToUtf8(result with { Speed = [], Run = result.Run with { Command = "" } }));
    }

    [Fact]
    public void Workers_that_are_killed_at_random_leave_the_bytes_of_one_audit()
    {
        Assert.Equal(0, CliRun.Of(Audit("one")).Status);
        string folder = _photos.Beside("fleet");
        Assert.Equal(0, CliRun.Of(["plan", "--heartbeat", "0.1", .. Audit("fleet")]).Status);
        var random = new Rng(3);
        for (int kill = 0; kill < 3; kill++)
        {
            Process[] workers = [.. Enumerable.Range(0, 2).Select(_ => CliRun.Start(s_noEnvironment, "work", folder, "--threads", "1"))];
            foreach (Process worker in workers)
            {
                // From before it has begun to after it has found something.
                if (!worker.WaitForExit(TimeSpan.FromSeconds(0.3 + (1.5 * random.NextDouble())))) worker.Kill();
                worker.WaitForExit();
                worker.Dispose();
            }
        }
        // Pieces are small here and workers die young: one may have cost three by now.
        CliRun last = CliRun.Wait(CliRun.Start(s_noEnvironment, "work", folder, "--again"));
        Assert.True(last.Status == 0, last.Error);
        Assert.Equal(0, CliRun.Of("finish", folder).Status);
        Assert.Equal(Repeatable("one"), Repeatable("fleet"));
    }

    [Fact]
    public void Asked_to_end_by_a_scheduler_a_worker_gives_back_what_it_is_at()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals");
        string folder = _photos.Beside("fleet");
        Assert.Equal(0, CliRun.Of(["plan", .. Audit("fleet")]).Status);
        Process worker = CliRun.Start(s_noEnvironment, "work", folder, "--threads", "1");
        WaitFor(() => Directory.GetFiles(Path.Combine(folder, "leases")).Length > 0, worker);
        Process.Start("kill", ["-TERM", $"{worker.Id}"]).WaitForExit();
        CliRun ended = CliRun.Wait(worker);
        Assert.Equal(130, ended.Status);
        Assert.Contains("what this worker was at is given back", ended.Error, StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(Path.Combine(folder, "leases")), lease => Assert.Contains("\"Released\"", File.ReadAllText(lease), StringComparison.Ordinal));
        // Nobody has to wait for the two minutes after which a silent worker is taken for dead.
        Assert.Equal(0, CliRun.Of("work", folder).Status);
    }

    [Fact]
    public void Asked_to_end_by_a_scheduler_training_saves()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no signals");
        using var texts = new Texts();
        string source = texts.Write("texts", 8, 3), model = texts.Beside("small.model");
        string[] train = ["train", source, "transformer:layers=1,width=32,heads=2,context=48,steps=100000", "--out", model, "--threads", "1", "--save-every", "0"];
        Process training = CliRun.Start(s_noEnvironment, train);
        WaitFor(() => File.Exists(model + ".checkpoint"), training);
        Process.Start("kill", ["-TERM", $"{training.Id}"]).WaitForExit();
        CliRun ended = CliRun.Wait(training);
        Assert.Equal(130, ended.Status);
        Assert.Contains($"{model}.checkpoint holds the run", ended.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(model + ".checkpoint"));
        Assert.False(File.Exists(model));
    }

    [Fact]
    public void A_disk_that_fills_up_for_one_worker_ends_it_and_another_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a limit on the size of files");
        string folder = _photos.Beside("fleet");
        Assert.Equal(0, CliRun.Of(["plan", "--heartbeat", "0.1", .. Audit("fleet")]).Status);
        // A limit of 8 blocks of 1024 bytes on any file, met with an error instead of a signal.
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-c", "trap '' XFSZ; ulimit -f 8; exec dotnet \"$0\" \"$@\"", typeof(Vestige.Cli.Program).Assembly.Location, "work", folder])
            start.ArgumentList.Add(argument);
        // The runtime maps the code it makes through a file, which the limit would stop.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        CliRun full = CliRun.Wait(Process.Start(start)!);
        Assert.Equal(3, full.Status);
        Assert.Contains(".journal cannot be written: ", full.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "aside")));
        Assert.Equal(0, CliRun.Of("work", folder).Status);
    }

    [Fact]
    public void A_folder_that_is_read_only_for_one_worker_ends_it_and_another_goes_on()
    {
        if (OperatingSystem.IsWindows()) return;
        string folder = _photos.Beside("fleet");
        Assert.Equal(0, CliRun.Of(["plan", .. Audit("fleet")]).Status);
        string[] places = [folder, .. Directory.GetDirectories(folder)];
        foreach (string place in places) File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            // Permissions mean nothing to root unless it lays that power down (setpriv: util-linux, which every Linux has).
            bool root = Environment.IsPrivilegedProcess;
            var start = new ProcessStartInfo(root ? "setpriv" : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (string argument in (string[])[.. root ? new[] { "--bounding-set=-dac_override,-dac_read_search", "dotnet" } : [], typeof(Vestige.Cli.Program).Assembly.Location,
                "work", folder]) start.ArgumentList.Add(argument);
            CliRun refused = CliRun.Wait(Process.Start(start)!);
            Assert.Equal(3, refused.Status);
            Assert.Contains("cannot be written", refused.Error, StringComparison.Ordinal);
            Assert.Contains(folder, refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            foreach (string place in places) File.SetUnixFileMode(place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "leases")));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "aside")));
        Assert.Equal(0, CliRun.Of("work", folder).Status);
    }

    private static void WaitFor(Func<bool> condition, Process process)
    {
        var watch = Stopwatch.StartNew();
        while (!condition() && !process.HasExited && watch.Elapsed < TimeSpan.FromMinutes(1)) Thread.Sleep(5);
    }
}
