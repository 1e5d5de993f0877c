using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Vestige.Cli.Runs;
using Vestige.Language.Registry;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Storage;
using Vestige.Language.Transformer.Training;

namespace Vestige.Tests.Language.Transformer;

public sealed class ModelFileTests : IDisposable
{
    private static readonly GptOptions s_options = new() { Layers = 1, Width = 32, Heads = 2, Context = 16, Batch = 2, Steps = 3, Evaluations = 3 };

    private static readonly TrainingText s_text = new([new byte[400], Encoding.UTF8.GetBytes(new string('x', 300))]);

    private readonly string _folder = Directory.CreateTempSubdirectory("vestige").FullName;

    private string ModelPath => Path.Combine(_folder, "model.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Model_is_read_as_it_was_written()
    {
        Gpt model = Written();
        Gpt read = ModelFile.Read(ModelPath);
        Assert.Equal(model.Options, read.Options);
        Assert.Equal(model.Values.ToArray(), read.Values.ToArray());
        Assert.Equal(model.Documents, read.Documents);
        Assert.Equal(s_text.Contents, read.Documents);
        Assert.Equal(model.History, read.History);
        Assert.Equal(3, read.History.Count);
        Assert.Equal(model.DescriptionBytes, new FileInfo(ModelPath).Length - 8 - HeaderLength());
        Assert.Equal([ModelPath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Header_is_what_the_format_wants()
    {
        Written();
        JsonObject header = Header();
        int at = 0;
        foreach ((string name, JsonNode? tensor) in header.Where(property => property.Key != "__metadata__"))
        {
            Assert.Equal("F32", (string)tensor!["dtype"]!);
            Assert.Equal(at, (int)tensor["data_offsets"]![0]!);
            Assert.Equal(at + (4 * tensor["shape"]!.AsArray().Aggregate(1, (product, size) => product * (int)size!)), at = (int)tensor["data_offsets"]![1]!);
            Assert.Matches("^[a-z0-9.]+$", name);
        }

        Assert.All(header["__metadata__"]!.AsObject(), note => Assert.Equal(System.Text.Json.JsonValueKind.String, note.Value!.GetValueKind()));
        Assert.Equal(0, HeaderLength() % 8);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "empty", "0 bytes long" },
        { "text", "header would be" },
        { "truncated", "its tensors want" },
        { "longer", "its tensors want" },
        { "header length", "header would be" },
        { "negative header length", "header would be" },
        { "not json", "header is not JSON" },
        { "array", "not a JSON object" },
        { "no shape", "does not describe tensors" },
        { "half precision", "F32" },
        { "overlap", "overlaps another" },
        { "gap", "leaves a gap" },
        { "range", "do not agree" },
        { "huge shape", "do not agree" },
        { "missing", "tensor norm.gain is missing" },
        { "other shape", "tensor norm.gain is 2 x 16, not 32" },
        { "NaN", "tensor embedding holds NaN" },
        { "infinite", "tensor embedding holds" },
        { "foreign", "not a model of ours" },
        { "no version", "which version" },
        { "newer", "version 99" },
        { "options", "options cannot be read" },
        { "impossible options", "heads=3 and width=32" },
        { "activation 99", "$.activation" },
        { "normalization 99", "$.normalization" },
        { "positions \"99\"", "positions" },
        { "optimizer null", "$.optimizer" },
        { "options twice", "options cannot be read" },
        { "options null", "options are null" },
        { "documents", "documents[0] is \"zz\", and not one of hashes" },
        { "documents null", "documents[0] is null" },
        { "documents number", "documents cannot be read" },
        { "history null", "history[0] is null" },
        { "history infinite", "history[0] has a figure out of range" },
        { "history twice", "history cannot be read" },
        { "overflowing shape", "do not agree" },
        { "range that overflows", "do not agree" },
        { "note twice", "states version twice" },
        { "weight flipped", "the checksum differs" },
        { "document exchanged", "the checksum differs" },
        { "huge weight", "tensor embedding holds 3E+38 at element 7, and no trained weight is beyond 10000" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damaged_file_is_refused_with_its_name_and_what_is_wrong(string damage, string message)
    {
        Written();
        byte[] bytes = File.ReadAllBytes(ModelPath);
        int data = 8 + HeaderLength();
        switch (damage)
        {
            case "empty": File.WriteAllBytes(ModelPath, []); break;
            case "text": File.WriteAllText(ModelPath, "It was the best of times, it was the worst of times."); break;
            case "truncated": File.WriteAllBytes(ModelPath, bytes[..^5]); break;
            case "longer": File.WriteAllBytes(ModelPath, [.. bytes, 0]); break;
            case "header length": Patch(0, 0x7fffffff); break;
            case "negative header length": Patch(0, -1); break;
            case "not json": Rewrite(Encoding.UTF8.GetBytes(new string('?', 40))); break;
            case "array": Rewrite("[]"u8.ToArray()); break;
            case "no shape": Edit(header => header["norm.gain"]!.AsObject().Remove("shape")); break;
            case "half precision": Edit(header => header["norm.gain"]!["dtype"] = "F16"); break;
            case "overlap": Edit(header => Shift(header["norm.gain"]!, -4)); break;
            case "gap": Edit(header => Shift(header["norm.gain"]!, 4)); break;
            case "range": Edit(header => header["norm.gain"]!["data_offsets"]![1] = 3); break;
            case "huge shape": Edit(header => header["norm.gain"]!["shape"] = new JsonArray(2147483647, 2147483647, 2147483647)); break;
            case "missing": Edit(header => Rename(header, "norm.gain", "norm.loss")); break;
            case "other shape": Edit(header => header["norm.gain"]!["shape"] = new JsonArray(2, 16)); break;
            case "NaN": Patch(data + 400, BitConverter.SingleToInt32Bits(float.NaN)); bytes = File.ReadAllBytes(ModelPath); Edit(Older); break;
            case "infinite": Patch(data, BitConverter.SingleToInt32Bits(float.PositiveInfinity)); bytes = File.ReadAllBytes(ModelPath); Edit(Older); break;
            case "foreign": Edit(header => header.Remove("__metadata__")); break;
            case "no version": Edit(header => header["__metadata__"]!.AsObject().Remove("version")); break;
            case "newer": Edit(header => header["__metadata__"]!["version"] = "99"); break;
            case "options": Edit(header => header["__metadata__"]!["options"] = "{\"layers\":1,\"wings\":2}"); break;
            case "impossible options":
                Edit(header => header["__metadata__"]!["options"] = ((string)header["__metadata__"]!["options"]!)
                .Replace("\"heads\":2", "\"heads\":3", StringComparison.Ordinal)); break;
            case "activation 99": Note("options", text => text.Replace("\"activation\":\"gelu\"", "\"activation\":99", StringComparison.Ordinal)); break;
            case "normalization 99": Note("options", text => text.Replace("\"normalization\":\"rms\"", "\"normalization\":99", StringComparison.Ordinal)); break;
            case "positions \"99\"": Note("options", text => text.Replace("\"positions\":\"rotary\"", "\"positions\":\"99\"", StringComparison.Ordinal)); break;
            case "optimizer null": Note("options", text => text.Replace("\"optimizer\":\"muon\"", "\"optimizer\":null", StringComparison.Ordinal)); break;
            case "options twice": Note("options", text => text.Replace("{", "{\"layers\":1,", StringComparison.Ordinal)); break;
            case "options null": Note("options", _ => "null"); break;
            case "documents null": Note("documents", _ => "[null]"); break;
            case "documents number": Note("documents", _ => "[7]"); break;
            case "history null": Note("history", _ => "[null]"); break;
            case "history infinite": Note("history", _ => "[{\"step\":1,\"loss\":1e999,\"validation\":null}]"); break;
            case "history twice": Note("history", _ => "[{\"step\":1,\"step\":2,\"loss\":1,\"validation\":null}]"); break;
            case "overflowing shape": Edit(header => header["norm.gain"]!["shape"] = new JsonArray([.. Enumerable.Repeat(65536, 40).Select(size => (JsonNode)size)])); break;
            case "range that overflows": Edit(header => header["norm.gain"]!["data_offsets"] = new JsonArray(1, long.MinValue)); break;
            case "note twice": Rewrite(Encoding.UTF8.GetBytes(Header().ToJsonString().Replace("\"version\":", "\"version\":\"1\",\"version\":", StringComparison.Ordinal))); break;
            case "weight flipped": Patch(data + 28, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(data + 28)) ^ (1 << 20)); break;
            case "document exchanged": Note("documents", text => text.Replace('1', '2')); break;
            case "huge weight": Patch(data + 28, BitConverter.SingleToInt32Bits(3e38f)); bytes = File.ReadAllBytes(ModelPath); Edit(Older); break;
            case "documents": Edit(header => header["__metadata__"]!["documents"] = "[\"zz\"]"); break;
            default: Assert.Fail(damage); break;
        }

        string said = Assert.Throws<InvalidDataException>(() => ModelFile.Read(ModelPath)).Message;
        Assert.Contains(ModelPath, said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);

        void Note(string name, Func<string, string> change) => Edit(header =>
        {
            JsonObject notes = header["__metadata__"]!.AsObject();
            string changed = change((string)notes[name]!);
            Assert.NotEqual(changed, (string)notes[name]!);
            notes[name] = changed;
        });

        void Patch(int at, int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
            if (at == 0) BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            File.WriteAllBytes(ModelPath, bytes);
        }

        void Rewrite(byte[] header)
        {
            byte[] length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            File.WriteAllBytes(ModelPath, [.. length, .. header, .. bytes[data..]]);
        }

        void Edit(Action<JsonObject> edit)
        {
            JsonObject header = Header();
            edit(header);
            Rewrite(Encoding.UTF8.GetBytes(header.ToJsonString()));
        }
    }

    [Fact]
    public void An_older_file_is_read_on_and_it_is_said_that_nothing_vouches_for_its_weights()
    {
        Gpt model = Written();
        Assert.True(ModelFile.Read(ModelPath).Verified);
        Assert.Empty(TextModelFile.Read(ModelPath).Notices);
        byte[] bytes = File.ReadAllBytes(ModelPath);
        JsonObject header = Header();
        Older(header);
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString()), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(ModelPath, [.. length, .. text, .. bytes[(8 + HeaderLength())..]]);
        Gpt read = ModelFile.Read(ModelPath);
        Assert.False(read.Verified);
        Assert.Equal(model.Values.ToArray(), read.Values.ToArray());
        Assert.Contains("has no checksum", Assert.Single(TextModelFile.Read(ModelPath).Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_no_model_and_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs pipes");
        string pipe = Path.Combine(_folder, "pipe");
        System.Diagnostics.Process.Start("mkfifo", [pipe]).WaitForExit();
        Assert.Contains("pipe", Assert.Throws<InvalidDataException>(() => TextModelFile.Read(pipe)).Message, StringComparison.Ordinal);
        Assert.Contains("pipe", Assert.Throws<InvalidDataException>(() => ModelFile.ReadCheckpoint(pipe, s_text)).Message, StringComparison.Ordinal);
        Assert.Contains("pipe", Assert.Throws<InvalidDataException>(() => TextModelFile.Read("/dev/zero")).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> States =>
        ["null", "{\"step\":-1}", "{\"seconds\":1e999}", "{\"loss\":1e999}", "{\"evaluations\":-1}", "{\"step\":1,\"step\":2}", "[]", "{\"wings\":1}"];

    [Theory]
    [MemberData(nameof(States))]
    public void A_checkpoint_of_an_impossible_state_is_refused(string state)
    {
        AtomicFile.Write(ModelPath, to => ModelFile.WriteCheckpoint(to, new Trainer(s_options, s_text)));
        byte[] bytes = File.ReadAllBytes(ModelPath);
        JsonObject header = Header();
        header["__metadata__"]!["state"] = state;
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString()), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        File.WriteAllBytes(ModelPath, [.. length, .. text, .. bytes[(8 + HeaderLength())..]]);
        Assert.Contains("its state ", Assert.Throws<InvalidDataException>(() => ModelFile.ReadCheckpoint(ModelPath, s_text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoint_of_another_text_is_refused()
    {
        string path = Path.Combine(_folder, "checkpoint");
        AtomicFile.Write(path, to => ModelFile.WriteCheckpoint(to, new Trainer(s_options, s_text)));
        string said = Assert.Throws<InvalidDataException>(() => ModelFile.ReadCheckpoint(path, new TrainingText([new byte[400]]))).Message;
        Assert.Contains("trained on 2 documents", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_is_no_checkpoint()
    {
        Written();
        Assert.Contains("nothing to resume", Assert.Throws<InvalidDataException>(() => ModelFile.ReadCheckpoint(ModelPath, s_text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_write_leaves_the_old_file()
    {
        Written();
        byte[] before = File.ReadAllBytes(ModelPath);
        string missing = Path.Combine(_folder, "missing", "model");
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(missing, to => ModelFile.Write(to, ModelFile.Read(ModelPath))));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(ModelPath, to =>
        {
            ModelFile.Write(to, ModelFile.Read(ModelPath));
            throw new InvalidOperationException("the last byte");
        }));
        Assert.Equal([ModelPath], Directory.GetFileSystemEntries(_folder));
        Assert.Equal(before, File.ReadAllBytes(ModelPath));
        Assert.Throws<FileNotFoundException>(() => ModelFile.Read(Path.Combine(_folder, "none")));
    }

    private Gpt Written()
    {
        Gpt model = new Trainer(s_options, s_text).Run(null, null, CancellationToken.None).Model;
        AtomicFile.Write(ModelPath, to => ModelFile.Write(to, model));
        return model;
    }

    private int HeaderLength() => (int)BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(ModelPath));

    private JsonObject Header() => JsonNode.Parse(File.ReadAllBytes(ModelPath).AsSpan(8, HeaderLength()))!.AsObject();

    private static void Older(JsonObject header) => header["__metadata__"]!.AsObject().Remove("checksum");

    private static void Shift(JsonNode tensor, int bytes)
    {
        for (int i = 0; i < 2; i++) tensor["data_offsets"]![i] = (int)tensor["data_offsets"]![i]! + bytes;
    }

    private static void Rename(JsonObject header, string from, string to)
    {
        JsonNode tensor = header[from]!;
        header.Remove(from);
        header[to] = tensor;
    }
}
