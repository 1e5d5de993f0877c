using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Vestige.Cli.Faults;
using Vestige.Cli.Runs;
using Vestige.Expressions;
using Vestige.Images.Codecs;
using Vestige.Images.Imagining.Priors;
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
using Vestige.Models.Endpoints;
using Vestige.Models.Gguf;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Studies;
using Vestige.Tests.Core;
using Vestige.Tests.Images;
using Vestige.Tests.Images.Imagining;
using Vestige.Tests.Language.Sources;
using Vestige.Tests.Models;

namespace Vestige.Tests.Fuzzing;

/// <summary>The parsers that are fuzzed, and what each is begun with.</summary>
internal sealed class FuzzTargets : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, Func<FuzzTarget>> _targets;

    internal FuzzTargets() => _targets = new()
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
        ["picture"] = () => new FuzzTarget("picture", [.. Pictures(), .. Kept("picture")], ["IHDR", "iCCP", "tRNS"],
            input => PictureReader.Decode(input, 1 << 20, []), e => e is UnusableDocumentException),
        ["record"] = () => new FuzzTarget("record", Kept("record", "{\"text\":\"a \\u00e9\\n\",\"id\":[1,{\"a\":null}]}", "\"only text\""),
            ["\\ud800", "\\u", "\"text\":", "{", "["],
            input => JsonRecords.TextOf(input, FieldPath.Parse("text")), e => e is UnusableDocumentException),
        ["text"] = Text,
        ["csv"] = () => new FuzzTarget("csv", Kept("csv", "id,text\n1,\"one, \"\"two\"\"\"\n2,three\r\n", "text\n\"a\nb\"\n"), ["\"", ",", "\r\n", "text"],
            input => ReadAll(CsvRecords.Read(new MemoryStream(input), (byte)',', Query)), e => e is UnusableDocumentException),
        ["parquet"] = () => new FuzzTarget("parquet", [ParquetFile.Of("text", ["one", "two", null, "three"], 2), ParquetFile.OfTalks([[("user", "Why?")], []]),
            .. Kept("parquet")], ["PAR1"], input => ReadAll(ParquetRecords.Read(new MemoryStream(input), Query)), e => e is UnusableDocumentException),
        ["prior"] = Prior,
        ["gguf"] = Gguf,
        ["answer"] = Answer,
        ["study"] = () => new FuzzTarget("study", [Studied.ToUtf8(), .. Kept("study")], ["null", "[null]", "{}", "[]", "1e999", "\"levels\":"],
            input => StudyResult.FromUtf8(input).ToUtf8(), e => e is JsonException),
    };

    internal static IReadOnlyList<string> Names { get; } = NamesOf();

    internal FuzzTarget Of(string name) => _targets[name]();

    public void Dispose() => _folder.Dispose();

    private static string[] NamesOf()
    {
        using var targets = new FuzzTargets();
        return [.. targets._targets.Keys];
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
            input => ModelFile.Read(Written(input)), e => e is InvalidDataException)
        { Mend = HeaderLength(whole) };
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
            }), e => e is InvalidDataException)
        { Mend = HeaderLength(whole) };
    }

    /// <summary>States what the header of a file of tensors has, if its tensors are as long as those of a file that is right.</summary>
    private static Func<byte[], byte[]> HeaderLength(byte[] right)
    {
        long data = right.Length - 8 - System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(right);
        return input =>
        {
            byte[] mended = [.. input];
            if (mended.Length >= 8) System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(mended, Math.Max(0, mended.Length - 8 - data));
            return mended;
        };
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
        byte[] Older(int schema) => Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(one).Replace($"\"schema\": {AuditResult.CurrentSchema}", $"\"schema\": {schema}", StringComparison.Ordinal));
        return new FuzzTarget("results", [one, set, Older(1), Older(2), .. Kept("results")],
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

    private static RecordQuery Query => new(FieldPath.Parse("text"), null);

    private static void ReadAll(IEnumerable<FoundRecord> records)
    {
        foreach (FoundRecord record in records) _ = record.Text.Length;
    }

    /// <summary>A picture in every format that is read; what is not packed gets farther than what is.</summary>
    private static IEnumerable<byte[]> Pictures() =>
    [
        .. TestImages.Formats.Where(format => LibraryHas(format.Saver)).Select(format => TestImages.Save(TestImages.Photo(20, 12), format.Extension)),
        [.. "P6\n# a comment\n5 4\n255\n"u8, .. new byte[60]],
        [.. "P3 2 2 7  1 2 3  4 5 6  7 0 1  2 3 4\n"u8],
        [.. "P4\n9 2\n"u8, 1, 2, 3, 4],
        [.. "P7\nWIDTH 2\nHEIGHT 2\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"u8, .. new byte[16]],
        // A bitmap of 2 x 2 pixels of 24 bits.
        [.. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], 1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0],
    ];

    private static bool LibraryHas(string saver) => Vestige.Images.Interop.Vips.Has(saver);

    private static FuzzTarget Prior()
    {
        byte[] whole = PriorFile.Write(PicturePrior.Learn(new Gallery(1, 32).Entries, null, default));
        return new FuzzTarget("prior", [whole[..^SHA256.HashSizeInBytes], .. Kept("prior")], [],
            input => PriorFile.Read([.. input, .. SHA256.HashData(input)]), e => e is InvalidDataException);
    }

    private FuzzTarget Gguf()
    {
        byte[] whole = File.ReadAllBytes(new TinyModel(1).Write(Path.Combine(_folder.Path, "tiny.gguf")));
        return new FuzzTarget("gguf", [whole, .. Kept("gguf")], ["tokenizer.ggml.tokens", "llama", "general.alignment"], input =>
        {
            GgufHeader header = GgufReader.Read(new MemoryStream(input));
            header.CheckModel();
        }, e => e is InvalidDataException);
    }

    private static FuzzTarget Answer()
    {
        var options = new EndpointOptions("http://localhost/v1", "m");
        return new FuzzTarget("answer", Kept("answer",
            "{\"choices\":[{\"text\":\"and so\",\"finish_reason\":\"length\",\"logprobs\":{\"tokens\":[\"It\",\" was\"],\"token_logprobs\":[null,-2.5],\"text_offset\":[0,2]}}]}",
            "{\"choices\":[{\"message\":{\"content\":\"x\"},\"logprobs\":{\"top_logprobs\":[{\"a\":-0.5,\" b\":-1.5}]}}]}",
            "{\"choices\":[{\"text\":\"x\"}],\"prompt_logprobs\":[null,{\"17\":{\"logprob\":-2.5,\"decoded_token\":\" was\"}}]}"),
            ["null", "{}", "[]", "-1e999", "\"\\ud800\"", "\"tokens\":"], input =>
        {
            if (EndpointClient.Parse(Encoding.UTF8.GetString(input)) is not { } whole) throw new EndpointException("no object");
            Each(answer => Completion.TextOf(answer, options), answer => Completion.Echoed(answer, "It was", options),
                answer => Completion.Prompted(answer, "It was", options), answer => Completion.Top(answer, options));

            void Each(params Action<JsonElement>[] readers)
            {
                EndpointException? refused = null;
                foreach (Action<JsonElement> read in readers)
                {
                    try
                    {
                        read(whole);
                    }
                    catch (EndpointException e)
                    {
                        refused = e;
                    }
                }
                if (refused is not null) throw refused;
            }
        }, e => e is EndpointException);
    }

    private static StudyResult Studied => new()
    {
        Vestige = "1",
        Command = "vestige study",
        Seed = 1,
        Source = "world:facts",
        Compressor = "ngram",
        Units = 8,
        Factors = [new Factor("data", ["1/2", "1"])],
        Design = "2 of 2",
        Cells = [[0], [1]],
        Blocks = 2,
        Budgets = [""],
        Responses = [new Response("lost", "share") { Better = -1 }],
        Rows = [.. Enumerable.Range(0, 2).Select(cell => new StudyRow(0, cell, "ngram", new Dictionary<string, IReadOnlyList<double?>> { ["lost"] = [.1, null] })
            { Why = new Dictionary<int, string> { [1] = "too little" } })],
        Effects = [],
        Frontier = [new FrontierCell(0, 1)],
        Findings = ["data matters"],
    };

    /// <summary>Inputs that once failed, and others given here.</summary>
    private static List<byte[]> Kept(string name, params string[] others)
    {
        string folder = Path.Combine(Repository.Root, "fuzz", "seeds", name);
        return [.. others.Select(Encoding.UTF8.GetBytes), .. Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : []];
    }
}
