using Vestige.Models;
using Vestige.Models.Gguf;
using Vestige.Numerics;
using Vestige.Tests.Images;

namespace Vestige.Tests.Models;

/// <summary>The head of a GGUF file, and files that lie.</summary>
public sealed class GgufHeaderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TinyModel _tiny = new(1);

    public void Dispose() => _folder.Dispose();

    private string At(string name) => Path.Combine(_folder.Path, name);

    [Fact]
    public void What_was_written_is_read()
    {
        GgufHeader header = GgufReader.Read(_tiny.Write(At("tiny.gguf")));
        Assert.Equal((3u, "llama", _tiny.Tokens.Count, 64L), (header.Version, header.Architecture, header.Tokens.Count, header.OfArchitecture("context_length")));
        Assert.Equal(_tiny.Tensors.Keys, header.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([(ulong)TinyModel.Width, (ulong)_tiny.Tokens.Count], header.Tensors[0].Shape);
        header.CheckModel();
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "missing", "does not exist; name a GGUF file" },
        { "folder", "is a folder; name a GGUF file" },
        { "empty", "it does not start with GGUF" },
        { "text", "it does not start with GGUF" },
        { "head only", "and is too short for" },
        { "cut off", "is cut off: tensor output.weight ends at byte" },
        { "version", "is a GGUF file of version 99; versions 2 and 3 are read" },
        { "turned", "with the big end first" },
        { "many", "and is too short for them" },
        { "no tensors", "holds no tensors" },
        { "no vocabulary", "has no vocabulary" },
        { "no bytes", "has a vocabulary without tokens for 255 of the 256 bytes (<0x00>, <0x01>, <0x02>, ...)" },
        { "no embedding", "is no language model" },
        { "architecture", "is not taken by llama.cpp: " },
        { "encoder", "is not taken by llama.cpp: " },
        { "missing tensor", "is not taken by llama.cpp: " },
        { "not a number", "is not taken by llama.cpp: " },
        { "twice", "says general.name twice" },
        { "no heads", "says llama.attention.head_count = 0, which is no size" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_file_that_cannot_be_run_is_refused_by_name(string damage, string words)
    {
        byte[] sound = File.ReadAllBytes(_tiny.Write(At("sound.gguf")));
        string file = At("damaged.gguf");
        void Bytes(byte[] bytes) => File.WriteAllBytes(file, bytes);
        switch (damage)
        {
            case "missing": break;
            case "folder": Directory.CreateDirectory(file); break;
            case "empty": Bytes([]); break;
            case "text": Bytes("GGUX, which is no model but a text of some length"u8.ToArray()); break;
            case "head only": Bytes(sound[..500]); break;
            case "cut off": Bytes(sound[..^200]); break;
            case "version": Bytes([.. sound[..4], 99, .. sound[5..]]); break;
            case "turned": Bytes([.. sound[..4], 0, 0, 0, 3, .. sound[8..]]); break;
            case "many": Bytes([.. sound[..8], 255, 255, 255, 255, 255, 255, 255, 127, .. sound[16..]]); break;
            case "no tensors": _tiny.Write(file, leaveOut: _ => true); break;
            case "no vocabulary": WithoutVocabulary(file); break;
            case "no bytes": new TinyModel(1, bytes: false).Write(file); break;
            case "no embedding": _tiny.Write(file, leaveOut: name => name == "token_embd.weight"); break;
            case "architecture": _tiny.Write(file, architecture: "unheard-of"); break;
            case "encoder": _tiny.Write(file, architecture: "bert"); break;
            case "missing tensor": _tiny.Write(file, leaveOut: name => name == "blk.1.ffn_up.weight"); break;
            case "not a number":
                _tiny.Tensors["blk.0.ffn_up.weight"].Elements[7] = float.NaN;
                _tiny.Write(file);
                break;
            case "twice": _tiny.Write(file, writer => writer.Add("general.name", "again")); break;
            case "no heads": NoHeads(file); break;
            default: Assert.Fail(damage); break;
        }
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => GgufText.Read(file));
        Assert.StartsWith(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_context_larger_than_the_models_is_refused()
    {
        string file = _tiny.Write(At("tiny.gguf"));
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => GgufText.Read(file, 65));
        Assert.Equal($"{file}: context=65 is more than the model was trained for, 64 tokens; give at most that", refused.Message);
        refused = Assert.Throws<InvalidDataException>(() => GgufText.Read(file, 1));
        Assert.Equal($"{file}: context=1 holds nothing but what opens a text; give from 2 to 64 tokens", refused.Message);
    }

    /// <summary>Whatever a file says of its lengths, reading its head ends, and ends with a sentence.</summary>
    [Fact]
    public void A_damaged_head_is_read_or_refused_and_nothing_else()
    {
        byte[] sound = File.ReadAllBytes(_tiny.Write(At("sound.gguf")));
        var rng = new Rng(1);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = [.. sound];
            for (int j = 0; j <= rng.NextInt(3); j++) bytes[rng.NextInt(12000)] = (byte)rng.NextInt(256);
            if (i % 5 == 0) bytes = bytes[..rng.NextInt(bytes.Length)];
            try
            {
                GgufReader.Read(new MemoryStream(bytes)).CheckModel();
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 200, 2000);
    }

    private static void WithoutVocabulary(string file)
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "llama");
        writer.Add("token_embd.weight", new float[64], 8, 8);
        using FileStream stream = File.Create(file);
        writer.Write(stream);
    }

    private static void NoHeads(string file)
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", "llama");
        writer.Add("llama.attention.head_count", 0u);
        writer.Add("tokenizer.ggml.model", "gpt2");
        writer.Add("tokenizer.ggml.tokens", ["a"u8.ToArray()]);
        writer.Add("token_embd.weight", new float[8], 8, 1);
        using FileStream stream = File.Create(file);
        writer.Write(stream);
    }
}
