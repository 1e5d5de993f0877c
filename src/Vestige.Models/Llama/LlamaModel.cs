using System.Collections.Concurrent;
using System.Security.Cryptography;
using LLama.Native;
using Vestige.Files.Interop;
using Vestige.Models.Gguf;

namespace Vestige.Models.Llama;

/// <summary>A GGUF file in llama.cpp: its weights and vocabulary.</summary>
internal sealed class LlamaModel
{
    // Logits that are kept at once, in numbers: 128 MB. Of a large vocabulary fewer positions go through the model together.
    private const int MostLogits = 1 << 25;

    private const int MostTogether = 512, FewestTogether = 32;

    /// <summary>Tokens of a window where the user names none, as far as the model goes.</summary>
    internal const int DefaultContext = 1024;

    private const long SmallModel = 10_000_000;

    // Rows that differ in how they draw share what was read.
    private static readonly ConcurrentDictionary<(string Path, long Bytes, DateTime Written), WeakReference<LlamaModel>> s_read = [];

    private readonly Lazy<string> _hash;

    private LlamaModel(string path, GgufHeader header, SafeLlamaModelHandle handle, LlamaVocabulary vocabulary)
    {
        (Path, Handle, Vocabulary) = (path, handle, vocabulary);
        MostContext = (int)(header.OfArchitecture("context_length") ?? handle.ContextSize);
        HeadSizes = header.HeadSizes;
        Bytes = new FileInfo(path).Length;
        Description = handle.Description;
        Parameters = (long)handle.ParameterCount;
        _hash = new(() =>
        {
            using FileStream stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        });
    }

    internal string Path { get; }

    internal SafeLlamaModelHandle Handle { get; }

    internal LlamaVocabulary Vocabulary { get; }

    /// <summary>Tokens that it was trained to see at once.</summary>
    internal int MostContext { get; }

    /// <summary>Numbers in a key, and in a value, of one head; null where the file does not say it as one number.</summary>
    internal IReadOnlyList<long?> HeadSizes { get; }

    internal long Bytes { get; }

    /// <summary>As llama.cpp says it: "llama 8B Q4_K - Medium".</summary>
    internal string Description { get; }

    internal long Parameters { get; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    internal string Hash => _hash.Value;

    /// <summary>Threads of the library; logits do not depend on it. Those of a small model would wait for each other longer than they compute.</summary>
    internal int Threads => Parameters < SmallModel ? 1 : Math.Clamp(Environment.ProcessorCount, 1, 16);

    /// <summary>Positions that go through the model together. Logits repeat for the same number only, so that it depends on the vocabulary and on nothing else.</summary>
    internal int Together
    {
        get
        {
            int together = MostTogether;
            while (together > FewestTogether && (long)together * Vocabulary.Count > MostLogits) together /= 2;
            return together;
        }
    }

    /// <summary>Reads a file, or finds it read.</summary>
    /// <exception cref="InvalidDataException">It is not a language model that can be run here; the message names it and says why.</exception>
    internal static LlamaModel Read(string path)
    {
        if (Directory.Exists(path)) throw new InvalidDataException($"{path} is a folder; name a GGUF file");
        if (FileFacts.Of(path)?.Kind is not (null or FileKind.File)) throw new InvalidDataException($"{path} is a pipe or a device; name a GGUF file");
        var file = new FileInfo(path);
        if (!file.Exists) throw new InvalidDataException($"{path} does not exist; name a GGUF file");
        (string, long, DateTime) key = (file.FullName, file.Length, file.LastWriteTimeUtc);
        if (s_read.TryGetValue(key, out WeakReference<LlamaModel>? known) && known.TryGetTarget(out LlamaModel? model)) return model;
        try
        {
            model = Load(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path} {e.Message}", e);
        }
        s_read[key] = new WeakReference<LlamaModel>(model);
        return model;
    }

    private static LlamaModel Load(string path)
    {
        // Before llama.cpp sees the file: of some that lie it makes the end of the process.
        GgufHeader header = GgufReader.Read(path);
        header.CheckModel();
        if (LlamaLibrary.WhyAbsent() is { } absent) throw new InvalidDataException($"needs llama.cpp, and {absent}");
        var settings = LLamaModelParams.Default();
        settings.n_gpu_layers = 0;
        settings.check_tensors = true;
        (SafeLlamaModelHandle? handle, string said) = LlamaLibrary.Try(() => SafeLlamaModelHandle.LoadFromFile(path, settings));
        if (handle is null) throw new InvalidDataException($"is not taken by llama.cpp: {said}");
        if (!handle.HasDecoder || handle.HasEncoder || handle.IsDiffusion)
        {
            string kind = handle.IsDiffusion ? "fills in text" : "encodes text";
            handle.Dispose();
            throw new InvalidDataException($"is a model ({header.Architecture}) that {kind}: it does not say what comes next");
        }
        return new LlamaModel(path, header, handle, new LlamaVocabulary(handle));
    }
}
