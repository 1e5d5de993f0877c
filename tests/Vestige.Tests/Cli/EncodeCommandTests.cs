using Vestige.Language;
using Vestige.Language.CodedFiles;
using Vestige.Language.Registry;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Tests.Cli;

/// <summary><c>vestige encode</c> and <c>decode</c> as a user meets them, with models of each kind.</summary>
public sealed class EncodeCommandTests : IDisposable
{
    private readonly Texts _texts = new();
    private readonly string _source, _file;

    public EncodeCommandTests()
    {
        _source = _texts.Write("source", 6, 1);
        _file = Path.Combine(_texts.Write("other", 1, 99), "000.txt");
    }

    public void Dispose() => _texts.Dispose();

    /// <summary>Coded with what the machine has, decoded without any intrinsics on another number of threads, in processes of their own.</summary>
    [Theory]
    [InlineData("ngram:order=3")]
    [InlineData("ppm:order=4")]
    [InlineData("cm")]
    [InlineData("transformer:layers=1,width=32,heads=2,context=16,batch=2,steps=5")]
    public void A_file_decodes_to_the_bit_without_intrinsics(string model)
    {
        string at = Train(model), coded = _texts.Beside("coded"), again = _texts.Beside("again");
        CliRun run = CliRun.Of("encode", _file, "--model", at, "--out", coded);
        Assert.True(run.Status == 0, run.Error);
        run = CliRun.Wait(CliRun.Start(new Dictionary<string, string> { ["DOTNET_EnableHWIntrinsic"] = "0", ["DOTNET_PROCESSOR_COUNT"] = "1" },
            "decode", coded, "--model", at, "--out", again));
        Assert.True(run.Status == 0, run.Error);
        Assert.Equal(File.ReadAllBytes(_file), File.ReadAllBytes(again));
    }

    /// <summary>Half a percent, as the design asks; the container's 120 bytes or so are taken off.</summary>
    [Theory]
    [InlineData("ngram:order=3")]
    [InlineData("ppm:order=4")]
    [InlineData("transformer:layers=1,width=32,heads=2,context=16,batch=2,steps=5")]
    public void A_file_is_as_long_as_the_model_says(string model)
    {
        string at = Train(model), coded = _texts.Beside("coded");
        Assert.Equal(0, CliRun.Of("encode", _file, "--model", at, "--out", coded).Status);
        byte[] text = File.ReadAllBytes(_file);
        double ideal = -TextModelFile.Read(at).Log2Probability(new Passage(text, "", 0)) / 8;
        byte[] empty = [];
        using var container = new MemoryStream();
        CodedFile.Encode(new MemoryStream(empty), 0, container, TextCoding.Of(at), null, TestContext.Current.CancellationToken);
        // The block's own lengths and check besides, and the last byte of the coder.
        Assert.InRange(new FileInfo(coded).Length - container.Length - 16, (0.995 * ideal) - 8, (1.005 * ideal) + 8);
    }

    [Fact]
    public void What_cannot_be_decoded_is_refused_with_a_reason()
    {
        string at = Train("ngram:order=3"), coded = _texts.Beside("coded"), other = _texts.Beside("other.model");
        Assert.Equal(0, CliRun.Of("train", _source, "ngram:order=4", "--out", other).Status);
        Assert.Equal(0, CliRun.Of("encode", _file, "--model", at, "--out", coded).Status);
        Refused(3, "it was coded by a model: give it with --model", "decode", coded, "--out", _texts.Beside("x"));
        Refused(3, "it was coded by another model than", "decode", coded, "--model", other, "--out", _texts.Beside("x"));
        Refused(3, "it is no file that vestige encode wrote", "decode", _file, "--out", _texts.Beside("x"));
        _texts.Add("coded.decoded", [1]);
        Refused(2, "coded.decoded is there already: it is left as it is; name another file", "decode", coded, "--model", at);
        Refused(3, "does not exist; name a file that vestige train wrote, or one of ppm, cm", "encode", _file, "--model", "nothing", "--out", _texts.Beside("x"));
        Refused(2, "order=1", "encode", _file, "--model", "ppm:order=1", "--out", _texts.Beside("x"));
        Refused(2, "is an input", "encode", _file, "--model", at, "--out", _file);
        Assert.False(File.Exists(_texts.Beside("x")));
    }

    [Theory]
    [InlineData("ppm:order=4")]
    [InlineData("cm")]
    public void A_learner_is_a_row_of_audits_and_of_worlds(string model)
    {
        string json = _texts.Beside("result.json");
        CliRun run = CliRun.Of("audit", "world:facts:people=20,documents=1000", model, "--units", "50", "--json", json);
        Assert.True(run.Status == 0, run.Error);
        AuditResult result = ResultJson.FromUtf8(File.ReadAllBytes(json));
        Assert.Contains(result.Rows, row => row.Name == model);
    }

    private string Train(string model)
    {
        string at = _texts.Beside("model");
        CliRun run = CliRun.Of("train", _source, model, "--out", at, "--threads", "1");
        Assert.True(run.Status == 0, run.Error);
        return at;
    }

    private static void Refused(int status, string reason, params string[] arguments)
    {
        CliRun run = CliRun.Of(arguments);
        Assert.True(run.Status == status && run.Error.Contains(reason, StringComparison.Ordinal), $"{run.Status}: {run.Error}");
    }
}
