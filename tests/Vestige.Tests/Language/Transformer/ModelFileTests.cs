using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Vestige.Cli.Runs;
using Vestige.Language.Transformer;
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
        Gpt read = Gpt.Load(ModelPath);
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
        { "options", "GptOptions cannot be read" },
        { "impossible options", "heads=3 and width=32" },
        { "documents", "not one of hashes" },
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
            case "NaN": Patch(data + 400, BitConverter.SingleToInt32Bits(float.NaN)); break;
            case "infinite": Patch(data, BitConverter.SingleToInt32Bits(float.PositiveInfinity)); break;
            case "foreign": Edit(header => header.Remove("__metadata__")); break;
            case "no version": Edit(header => header["__metadata__"]!.AsObject().Remove("version")); break;
            case "newer": Edit(header => header["__metadata__"]!["version"] = "99"); break;
            case "options": Edit(header => header["__metadata__"]!["options"] = "{\"layers\":1,\"wings\":2}"); break;
            case "impossible options": Edit(header => header["__metadata__"]!["options"] = ((string)header["__metadata__"]!["options"]!).Replace("\"heads\":2", "\"heads\":3", StringComparison.Ordinal)); break;
            case "documents": Edit(header => header["__metadata__"]!["documents"] = "[\"zz\"]"); break;
            default: Assert.Fail(damage); break;
        }

        string said = Assert.Throws<InvalidDataException>(() => Gpt.Load(ModelPath)).Message;
        Assert.Contains(ModelPath, said, StringComparison.Ordinal);
        Assert.Contains(message, said, StringComparison.Ordinal);

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
        Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(missing, Gpt.Load(ModelPath).Write));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(ModelPath, to =>
        {
            Gpt.Load(ModelPath).Write(to);
            throw new InvalidOperationException("the last byte");
        }));
        Assert.Equal([ModelPath], Directory.GetFileSystemEntries(_folder));
        Assert.Equal(before, File.ReadAllBytes(ModelPath));
        Assert.Throws<FileNotFoundException>(() => Gpt.Load(Path.Combine(_folder, "none")));
    }

    private Gpt Written()
    {
        Gpt model = new Trainer(s_options, s_text).Run(null, null, CancellationToken.None).Model;
        AtomicFile.Write(ModelPath, model.Write);
        return model;
    }

    private int HeaderLength() => (int)BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(ModelPath));

    private JsonObject Header() => JsonNode.Parse(File.ReadAllBytes(ModelPath).AsSpan(8, HeaderLength()))!.AsObject();

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
