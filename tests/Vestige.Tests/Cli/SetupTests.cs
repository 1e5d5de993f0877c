using System.Diagnostics;

namespace Vestige.Tests.Cli;

/// <summary>What scripts/setup.sh does to a machine, and says, with programs that only note how they were called in the place of the system's.</summary>
public sealed class SetupTests : IDisposable
{
    private const string NoNetwork = "echo \"E: Failed to fetch http://deb.debian.org: Could not resolve 'deb.debian.org'\" >&2; exit 100";

    private readonly string _folder = Directory.CreateTempSubdirectory("vestige-setup-").FullName;

    public SetupTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        Fake("apt-get", $"echo \"$*\" >>{_folder}/called");
        Fake("sudo", "exec \"$@\"");
        Fake("ldconfig", "");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private string Called => File.Exists(Path.Combine(_folder, "called")) ? File.ReadAllText(Path.Combine(_folder, "called")) : "";

    private void Fake(string name, string body)
    {
        string path = Path.Combine(_folder, "bin", name);
        File.WriteAllText(path, $"#!/bin/bash\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Process Start(string script, string install = "")
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "is for Linux");
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in (string[])["-euc", $"root={_folder}; source {Repository.Root}/scripts/setup.sh; {script}"]) start.ArgumentList.Add(argument);
        start.Environment["PATH"] = $"{_folder}/bin:/usr/bin:/bin";
        start.Environment["VESTIGE_INSTALL"] = install;
        return Process.Start(start)!;
    }

    private CliRun Run(string script, string install = "") => CliRun.Wait(Start(script, install));

    [Fact]
    public void What_is_missing_is_installed_and_said()
    {
        CliRun run = Run("need_libvips");
        Assert.Equal(0, run.Status);
        Assert.Contains("installing libvips42 from the distribution's packages (once)", run.Error, StringComparison.Ordinal);
        Assert.Matches("update.*\n.*install .*libvips42\n", Called);
    }

    [Fact]
    public void What_is_there_is_left_alone()
    {
        Fake("ldconfig", "echo '\tlibvips.so.42 (libc6,x86-64) => /lib/x86_64-linux-gnu/libvips.so.42'");
        Assert.Equal((0, "", ""), (Run("need_libvips").Status, Run("need_libvips").Error, Called));
    }

    [Fact]
    public void Who_says_no_has_nothing_installed_and_is_told_what_would_do_it()
    {
        CliRun run = Run("need_libvips", "no");
        Assert.Equal((0, ""), (run.Status, Called));
        Assert.Contains("libvips42 not installed; 'apt-get install libvips42' does it", run.Error, StringComparison.Ordinal);
        Assert.Contains("uses the libvips that came with it, which has no JPEG XL and no JPEG 2000", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n", false)]
    [InlineData("y", true)]
    [InlineData("", true)]
    public void Where_a_terminal_is_there_it_asks(string answer, bool installed)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs the program script");
        // A terminal of its own, into which the answer is typed.
        using Process process = Start($"printf '%s\\n' {(answer.Length == 0 ? "''" : answer)} | script -qec \"bash -euc 'root={_folder}; "
            + $"source {Repository.Root}/scripts/setup.sh; need_libvips'\" /dev/null");
        CliRun run = CliRun.Wait(process);
        Assert.Contains("install libvips42 from the distribution's packages? [Y/n]", run.Out, StringComparison.Ordinal);
        Assert.Equal(installed, Called.Contains("libvips42", StringComparison.Ordinal));
    }

    [Fact]
    public void It_says_where_it_is_the_network()
    {
        Fake("apt-get", NoNetwork);
        Assert.Contains("libvips42 could not be installed: no network. Connect, or set the proxy", Run("need_libvips").Error, StringComparison.Ordinal);
        Fake("dotnet", "echo 'error NU1301: Unable to load the service index for source https://api.nuget.org/v3/index.json.'; exit 1");
        CliRun build = Run("build it");
        Assert.Equal((3, true), (build.Status, build.Error.Contains("the build failed: no network", StringComparison.Ordinal)));
        Fake("dotnet", "echo 'a.cs(1,1): error CS1002: ; expected'; exit 1");
        build = Run("build it");
        Assert.Equal((3, true, false), (build.Status, build.Error.Contains("error CS1002: ; expected", StringComparison.Ordinal),
            build.Error.Contains("network", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_two_that_set_up_at_once_one_waits_for_the_other()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "needs flock");
        using Process first = Start($"lock_setup; echo in; read -r; unlock_setup");
        Assert.Equal("in", first.StandardOutput.ReadLine());
        using Process second = Start("lock_setup; echo too");
        Assert.Contains("waiting for another vestige that sets up or builds here", second.StandardError.ReadLine(), StringComparison.Ordinal);
        first.StandardInput.WriteLine();
        Assert.Equal((0, "too"), (CliRun.Wait(first).Status, CliRun.Wait(second).Out.Trim()));
    }

    [Fact]
    public void Too_few_open_files_have_words()
    {
        CliRun run = Run("ulimit -n 40; enough_files");
        Assert.Equal((3, true), (run.Status, run.Error.Contains("at most 40 files may be open at once (ulimit -n), and 128 are needed", StringComparison.Ordinal)));
        Assert.Equal((0, ""), (Run("ulimit -n 200; enough_files").Status, Run("ulimit -n 200; enough_files").Error));
    }

    [Fact]
    public void Without_the_SDK_it_says_where_to_get_it()
    {
        CliRun run = Run("PATH=; need_dotnet");
        Assert.Equal((3, true), (run.Status, run.Error.Contains("the .NET SDK 10 is missing; install it (https://dotnet.microsoft.com/download)", StringComparison.Ordinal)));
    }
}
