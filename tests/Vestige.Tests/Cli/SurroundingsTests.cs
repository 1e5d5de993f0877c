using System.Diagnostics;
using Vestige.Cli;
using Vestige.Cli.Faults;
using Vestige.Cli.Rendering;

namespace Vestige.Tests.Cli;

/// <summary>What the command meets beside its data: closed streams, signals, names and words made to harm, and faults of its own.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private static readonly Dictionary<string, string> s_noEnvironment = [];

    private readonly Texts _texts = new();

    public void Dispose() => _texts.Dispose();

    private static CliRun Shell(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-c", script, typeof(Program).Assembly.Location, .. arguments]) start.ArgumentList.Add(argument);
        return CliRun.Wait(Process.Start(start)!);
    }

    [Fact]
    public void Closed_streams_end_with_a_status_and_spoil_no_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        CliRun closed = Shell("exec dotnet \"$0\" \"$@\" >&-", "views");
        Assert.Equal((ExitStatus.Data, true), (closed.Status, closed.Error.Contains("the results cannot be printed", StringComparison.Ordinal)));
        CliRun silent = Shell("exec dotnet \"$0\" \"$@\" 2>&-", "views");
        Assert.Equal((0, true), (silent.Status, silent.Out.Contains("texture", StringComparison.Ordinal)));
        Assert.Equal(ExitStatus.Usage, Shell("exec dotnet \"$0\" \"$@\" 2>&-", "nothing").Status);

        string[] command = ["audit", _texts.Write("source", 16, seed: 1), "ngram:order=2", "--units", "50", "--out"];
        Assert.Equal(ExitStatus.Data, Shell("exec dotnet \"$0\" \"$@\" >&- 2>&-", [.. command, _texts.Beside("closed")]).Status);
        Assert.Equal(0, CliRun.Of([.. command, _texts.Beside("open")]).Status);
        // The journal would hold what was printed, had it taken the number of a stream.
        Assert.Equal(File.ReadAllBytes(_texts.Beside("open/journal")).Length, File.ReadAllBytes(_texts.Beside("closed/journal")).Length);
        Assert.Equal(File.ReadAllBytes(_texts.Beside("open/items.csv")), File.ReadAllBytes(_texts.Beside("closed/items.csv")));
    }

    [Fact]
    public void A_system_that_asks_it_to_end_gets_the_checkpoint_that_Ctrl_C_gets()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        string source = _texts.Write("source", 4, seed: 1), model = _texts.Beside("model");
        using Process process = CliRun.Start(s_noEnvironment, "train", source,
            "transformer:layers=1,width=32,heads=2,context=32,batch=4,steps=100000", "--out", model, "--threads", "1");
        while (!File.Exists(model + ".checkpoint") && !process.HasExited) Thread.Sleep(5);
        DateTime first = File.GetLastWriteTimeUtc(model + ".checkpoint");
        Thread.Sleep(200);
        Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).WaitForExit();
        CliRun run = CliRun.Wait(process);
        Assert.Equal((ExitStatus.Interrupted, true), (run.Status, run.Error.Contains("the same command with --resume goes on", StringComparison.Ordinal)));
        Assert.True(File.GetLastWriteTimeUtc(model + ".checkpoint") > first);
        Assert.Equal([model + ".checkpoint"], Directory.GetFiles(_texts.Beside("")));
    }

    [Fact]
    public void A_fault_of_its_own_says_so_and_what_to_report()
    {
        var messages = new StringWriter();
        int status = Program.Run(["views"], new Output(new Broken(), messages, interactive: false, width: 120), TestContext.Current.CancellationToken);
        Assert.Equal(70, status);
        Assert.Contains("a fault of vestige itself", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("vestige views", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("KeyNotFoundException: no such luck", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(Broken), messages.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('(')]
    [InlineData(')')]
    public void Sixty_thousand_parentheses_are_a_wrong_condition(char parenthesis)
    {
        string source = _texts.Write("source", 2, seed: 1);
        CliRun run = CliRun.Of("audit", source, "ngram", "--fail-if", new string(parenthesis, 60_000));
        Assert.Equal(ExitStatus.Usage, run.Status);
        CliRun joined = CliRun.Of("audit", source, "ngram", "--fail-if", string.Join(" and ", Enumerable.Repeat("lost>1", 60_000)));
        Assert.Equal((ExitStatus.Usage, true), (joined.Status, joined.Error.Contains("more than 500 comparisons", StringComparison.Ordinal)));
        Assert.Equal(ExitStatus.Usage, CliRun.Of("audit", source, "ngram:order=" + new string(parenthesis, 60_000)).Status);
    }

    [Fact]
    public void Escapes_in_names_are_shown_wherever_they_are_printed()
    {
        string folder = "so\u001b[31mrce";
        for (int i = 0; i < 12; i++)
            _texts.Add($"{folder}/\u001b]0;{i}\u0007.txt", [.. Enumerable.Repeat("The cat sat on the mat and looked at it.\n"u8.ToArray(), 60).SelectMany(line => line)]);
        _texts.Add($"{folder}/\u001b[2J.txt", [0]);
        CliRun run = CliRun.Of("audit", _texts.Beside(folder), "ngram:order=2", "--units", "50", "--out", _texts.Beside("o\u001b[1mut"));
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
        Assert.DoesNotContain('\u0007', run.Out + run.Error);
        Assert.Contains("\\u001b[2J.txt", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', CliRun.Of("audit", "\u001b[31m", "jpeg").Error + CliRun.Of("\u001b[31m").Error + CliRun.Of("audit", "--\u001b").Error);
    }

    /// <summary>What a system without libvips is left with: the one that the package brings, in which some codecs are absent.</summary>
    [Fact]
    public void Without_the_systems_libvips_the_packed_one_is_taken_and_says_what_it_lacks()
    {
        var packed = new Dictionary<string, string> { ["VESTIGE_LIBVIPS"] = "packed" };
        CliRun codecs = CliRun.Wait(CliRun.Start(packed, "codecs"));
        Assert.Equal(0, codecs.Status);
        Assert.Matches(@"jpeg +JPEG[^\n]*\s+libvips 8\.18\.", codecs.Out);
        Assert.Matches(@"jxl +JPEG XL\s+absent: this libvips \(8\.18[^)]*packed", codecs.Out);
    }

    [Fact]
    public void A_plain_writer_keeps_lines_and_shows_the_rest()
    {
        var to = new StringWriter { NewLine = "\n" };
        TextWriter writer = PlainWriter.To(to, optional: false);
        writer.WriteLine("a\r\nb\u001bc");
        writer.Write('\u0007');
        writer.Write("é\u202e│\n".ToCharArray());
        Assert.Equal("a\nb\\u001bc\n\\u0007é\\u202e│\n", to.ToString());
    }

    /// <summary>A place to print to that fails as nothing does.</summary>
    private sealed class Broken : StringWriter
    {
        public override void Write(string? value) => throw new KeyNotFoundException("no such luck");
    }
}
