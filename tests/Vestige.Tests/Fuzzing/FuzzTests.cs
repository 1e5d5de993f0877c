using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Vestige.Cli.Faults;
using Vestige.Cli.Runs;
using Vestige.Expressions;
using Vestige.Images.Codecs;
using Vestige.Images.Jpeg;
using Vestige.Images.Sources;
using Vestige.Language;
using Vestige.Language.CodedFiles;
using Vestige.Language.Learning;
using Vestige.Language.NGrams;
using Vestige.Language.Ppm;
using Vestige.Language.Sources;
using Vestige.Language.Sources.Records;
using Vestige.Language.Storage;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Storage;
using Vestige.Language.Transformer.Training;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Tests.Core;
using Vestige.Tests.Images;

namespace Vestige.Tests.Fuzzing;

/// <summary>Every parser of what may come from anywhere: whatever it is given, it takes it or says why not, in bounded time and memory.</summary>
/// <remarks>Short here; <c>fuzz/run</c> runs the same for a stated time. Seeds that once failed are in <c>fuzz/seeds</c>.</remarks>
public sealed class FuzzTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, Func<FuzzTarget>> _targets;

    public FuzzTests() => _targets = new()
    {
        ["model"] = Model,
        ["checkpoint"] = Checkpoint,
        ["ngram"] = NGram,
        ["learnt"] = Learner,
        ["coded"] = () => new FuzzTarget("coded", [CodedBy("ppm:order=3"), CodedBy("cm"), .. Kept("coded")], ["vestige.coded\0", "ppm", "cm", "memory="],
            input => CodedFile.Decode(new MemoryStream(input), Stream.Null, null, null, CancellationToken.None), e => e is InvalidDataException),
        ["results"] = Results,
        ["journal"] = Journal,
        ["gate"] = () => new FuzzTarget("gate", Kept("gate", "hallucinated>0.05 and rate<1", "(lost>=.1 or memorized<0.5) and rate<=2"), ["(", ")", " and ", " or ", "lost", "<="],
            input => ConditionParser.Parse(Encoding.UTF8.GetString(input), Columns.Of("pixel", [("ssimulacra2", "score")])), e => e is SpecException),
        ["specification"] = () => new FuzzTarget("specification", Kept("specification", "jpeg:q=10..90/20,chroma=444", "nearest:scale=2..4/2",
            "exec:enc=\"cjxl {in} {out} -q {q}\",q=1..3"), ["..", "/", ":", "=", ",", "\"", "q="],
            input => Spec.Parse(Encoding.UTF8.GetString(input), [.. PictureCompressors.Rows]), e => e is SpecException),
        ["jpeg"] = () => new FuzzTarget("jpeg", [TestImages.Save(TestImages.Photo(40, 24), "jpg"), .. Kept("jpeg")], [],
            input => JpegReader.Read(input, 1 << 20), e => e is JpegException),
        ["picture"] = () => new FuzzTarget("picture", [TestImages.Save(TestImages.Photo(20, 12), "png"),
            TestImages.Save(TestImages.Photo(20, 12), "jpg"), .. Kept("picture")], ["IHDR", "iCCP", "tRNS"],
            input => PictureReader.Decode(input, 1 << 20, []), e => e is UnusableDocumentException),
        ["record"] = () => new FuzzTarget("record", Kept("record", "{\"text\":\"a \\u00e9\\n\",\"id\":[1,{\"a\":null}]}", "\"only text\""),
            ["\\ud800", "\\u", "\"text\":", "{", "["],
            input => JsonRecords.TextOf(input, FieldPath.Parse("text")), e => e is UnusableDocumentException),
        ["text"] = Text,
    };

    public static TheoryData<string> Names => ["model", "checkpoint", "ngram", "learnt", "coded", "results", "journal", "gate", "specification",
        "jpeg", "picture", "record", "text"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_it_is_given_it_takes_or_refuses(string name)
    {
        // Set by fuzz/run.
        string? only = Environment.GetEnvironmentVariable("VESTIGE_FUZZ_ONLY");
        Assert.SkipWhen(only is { Length: > 0 } && only != name, "another is asked for");
        bool isLong = double.TryParse(Environment.GetEnvironmentVariable("VESTIGE_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double seconds);
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("VESTIGE_FUZZ_SEED"), out ulong asked) ? asked : 1;
        FuzzTarget.Outcome outcome = _targets[name]().Run(isLong ? long.MaxValue : 2000, TimeSpan.FromSeconds(isLong ? seconds : 1), seed,
            Path.Combine(Repository.Root, "artifacts", "fuzz"));
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{name}: {outcome.Inputs:N0} inputs, {outcome.Taken:N0} taken, slowest {outcome.Slowest.TotalMilliseconds:0} ms, {outcome.Faults.Count} kinds of fault");
        if (isLong) File.AppendAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "fuzz")).FullName, "log"), line + "\n");
        Assert.True(outcome.Faults.Count == 0, line + "\n" + string.Join("\n", outcome.Faults));
        Assert.True(outcome.Inputs > 0);
    }

    private string Written(byte[] input) => _folder.Write("input", input);

    private FuzzTarget Model()
    {
        GptOptions options = new() { Layers = 1, Width = 16, Heads = 1, Context = 8, Batch = 2, Steps = 2, Evaluations = 1, Threads = 1 };
        using var stream = new MemoryStream();
        ModelFile.Write(stream, new Trainer(options, new TrainingText([new byte[400]])).Run(null, null, CancellationToken.None).Model);
        byte[] whole = stream.ToArray();
        // Without a checksum changes reach what stands behind it.
        byte[] older = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace("\"checksum\"", "\"chucksum\"", StringComparison.Ordinal));
        return new FuzzTarget("model", [whole, older, .. Kept("model")], ["null", "\"shape\":[", "\\u0022", "[", "}", "\"F32\"", "__metadata__"],
            input => ModelFile.Read(Written(input)), e => e is InvalidDataException);
    }

    private FuzzTarget Checkpoint()
    {
        var text = new TrainingText([new byte[400]]);
        GptOptions options = new() { Layers = 1, Width = 16, Heads = 1, Context = 8, Batch = 2, Steps = 2, Evaluations = 1, Threads = 1 };
        using var stream = new MemoryStream();
        ModelFile.WriteCheckpoint(stream, new Trainer(options, text));
        byte[] whole = stream.ToArray();
        byte[] older = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace("\"checksum\"", "\"chucksum\"", StringComparison.Ordinal));
        // As train does, settings are agreed on before anything is made by them.
        return new FuzzTarget("checkpoint", [whole, older, .. Kept("checkpoint")], ["null", "\"state\":", "\\u0022step\\u0022:"],
            input => ModelFile.ReadCheckpoint(Written(input), text, begun =>
            {
                if (begun != options) throw new InvalidDataException("other settings");
            }), e => e is InvalidDataException);
    }

    private static FuzzTarget NGram()
    {
        string source = "It was the best of times, it was the worst of times, it was the age of wisdom. ";
        var counts = NGramTrainer.Count([Encoding.UTF8.GetBytes(source + source)], 3, null, CancellationToken.None);
        using var stream = new MemoryStream();
        NGramFile.Write(stream, counts, 64, [1, 2]);
        byte[] whole = stream.ToArray();
        return new FuzzTarget("ngram", [whole[..^Packer.ChecksumBytes], .. Kept("ngram")], [], input =>
        {
            // Signed anew: what is behind the checksum is tried too. Then it is used.
            NGramText model = NGramText.Read("fuzz", [.. input, .. SHA256.HashData(input)[..Packer.ChecksumBytes]]);
            model.Log2Probability(new Passage("the age of times"u8.ToArray(), "x", 0));
            model.Sample(1, 16, default, 1, 0, null, CancellationToken.None);
        }, e => e is InvalidDataException);
    }

    private static FuzzTarget Learner()
    {
        var kind = new PpmKind();
        ReadOnlyMemory<byte>[] texts = ["the best of times"u8.ToArray(), "the worst of times"u8.ToArray()];
        using var stream = new MemoryStream();
        new LearntText("fuzz", Learnt.From(kind, [4, 1], texts, null, CancellationToken.None), SamplingOptions.Plain, 64, [1]).Write(stream);
        return new FuzzTarget("learnt", [stream.ToArray()[..^Packer.ChecksumBytes], .. Kept("learnt")], [], input =>
        {
            LearntText model = LearntFile.Read("fuzz", kind, [.. input, .. SHA256.HashData(input)[..Packer.ChecksumBytes]]);
            model.Log2Probability(new Passage("the age of times"u8.ToArray(), "x", 0));
            model.Sample(1, 16, default, 1, 0, null, CancellationToken.None);
        }, e => e is InvalidDataException);
    }

    private static byte[] CodedBy(string coder)
    {
        using var to = new MemoryStream();
        CodedFile.Encode(new MemoryStream("the best of times, the worst of times"u8.ToArray()), 37, to, TextCoding.Of(coder), null, CancellationToken.None);
        return to.ToArray();
    }

    private static FuzzTarget Results()
    {
        AuditResult result = Given.Result(Given.Row("yardstick", null, 0, 0, named: false, codec: false), Given.Row("jpeg:q=50", 1, .2, .3)) with
        {
            Exhibits = [new Exhibit("jpeg:q=50", "worst", "A caption.", [new ExhibitFile("original", "exhibits/a.png")])],
        };
        byte[] one = ResultJson.ToUtf8(result), set = ResultJson.ToUtf8(new AuditSet { Results = [result], Findings = [] });
        byte[] first = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(one).Replace($"\"schema\": {AuditResult.CurrentSchema}", "\"schema\": 1", StringComparison.Ordinal));
        return new FuzzTarget("results", [one, set, first, .. Kept("results")],
            ["null", "[null]", "{}", "[]", "1e999", "\"\\ud800\"", "\"value\":", "\"files\":", "\"copyingExcess\":{},"], input =>
        {
            AuditSet read = ResultJson.ReadAll(input);
            // What is taken can be written again.
            ResultJson.ToUtf8(read);
        }, e => e is JsonException);
    }

    private FuzzTarget Journal()
    {
        string path = Path.Combine(_folder.Path, "journal");
        using (var journal = JournalFile.Open(path))
            for (int i = 0; i < 5; i++) journal.Write((UInt128)i, new byte[10 * i]);
        return new FuzzTarget("journal", [File.ReadAllBytes(path), .. Kept("journal")], ["vestige journal "], input =>
        {
            using var journal = JournalFile.Open(Written(input));
            for (int i = 0; i < 5; i++) journal.Read((UInt128)i);
        }, e => e is DataException);
    }

    private FuzzTarget Text()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest,
            leaveOpen: true)) gzip.Write("It was a dark and stormy night.\n"u8);
        byte[][] seeds = [packed.ToArray(), "{\"text\":\"one\"}\n{\"text\":\"two\"}\n"u8.ToArray(), "plain é text\r\n"u8.ToArray(), .. Kept("text")];
        string[] names = ["a.txt.gz", "a.jsonl", "a.txt"];
        return new FuzzTarget("text", seeds, ["{\"text\":", "\n", "\ufeff"], input =>
        {
            string name = names[input.Length % names.Length];
            string path = _folder.Write("texts/" + name, input);
            TextFolder folder = TextFolder.Open(path, TextOptions.Default, null, CancellationToken.None);
            for (int i = 0; i < folder.Documents.Count; i++)
            {
                try
                {
                    folder.Read(i);
                }
                catch (UnusableDocumentException)
                {
                    // A row of the result.
                }
            }
        }, e => e is IOException);
    }

    /// <summary>Inputs that once failed, and others given here.</summary>
    private static List<byte[]> Kept(string name, params string[] others)
    {
        string folder = Path.Combine(Repository.Root, "fuzz", "seeds", name);
        return [.. others.Select(Encoding.UTF8.GetBytes), .. Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : []];
    }
}
