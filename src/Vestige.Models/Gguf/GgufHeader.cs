namespace Vestige.Models.Gguf;

/// <summary>A tensor as the header of a file tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Elements along each dimension, the one that runs fastest first.</param>
/// <param name="Type">How its elements are stored; see <see cref="TensorTypes"/>.</param>
/// <param name="Offset">Where it starts, in bytes from where the tensors start.</param>
internal sealed record TensorInfo(string Name, IReadOnlyList<ulong> Shape, uint Type, ulong Offset);

/// <summary>An array among the metadata.</summary>
/// <param name="Type">The number of its elements' type.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Texts">Its elements, where they are texts.</param>
internal sealed record ArrayInfo(uint Type, ulong Count, IReadOnlyList<string>? Texts);

/// <summary>What a GGUF file says of itself, before its tensors: metadata and where the tensors are.</summary>
/// <remarks>The format is that of ggml's docs/gguf.md, versions 2 and 3. Every length is held against what is left of the file before it is
/// used, and every tensor against its end: llama.cpp may end the process on files that lie, so that none is shown to it that does.</remarks>
internal sealed class GgufHeader
{
    private readonly Dictionary<string, object> _values;

    internal GgufHeader(uint version, Dictionary<string, object> values, IReadOnlyList<TensorInfo> tensors) => (Version, _values, Tensors) = (version, values, tensors);

    internal uint Version { get; }

    internal IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary><c>llama</c>, <c>qwen2</c>.</summary>
    internal string Architecture => Text("general.architecture") ?? throw new InvalidDataException("does not say of what architecture it is (general.architecture)");

    /// <summary>The tokens of the vocabulary as they are written in the file; none where there are none.</summary>
    internal IReadOnlyList<string> Tokens => (_values.GetValueOrDefault("tokenizer.ggml.tokens") as ArrayInfo)?.Texts ?? [];

    /// <summary>Whether a file that starts so calls itself one.</summary>
    internal static bool Is(ReadOnlySpan<byte> start) => start.StartsWith("GGUF"u8);

    internal string? Text(string key) => _values.GetValueOrDefault(key) as string;

    /// <summary>A whole number; null where there is none of this name.</summary>
    internal long? Whole(string key) => _values.GetValueOrDefault(key) switch
    {
        ulong value when value <= long.MaxValue => (long)value,
        long value => value,
        _ => null,
    };

    /// <summary>A whole number of the architecture's own: <c>context_length</c>.</summary>
    internal long? OfArchitecture(string key) => Whole($"{Architecture}.{key}");

    /// <summary>Numbers in a key, and in a value, of one head; null where that is not one number.</summary>
    internal IReadOnlyList<long?> HeadSizes => [.. ((string[])["attention.key_length", "attention.value_length"])
        .Select(key => OfArchitecture(key) ?? (OfArchitecture("attention.head_count") is > 0 and { } heads ? OfArchitecture("embedding_length") / heads : null))];

    /// <summary>Checks that it is a language model with a vocabulary, of sizes that agree with each other.</summary>
    /// <exception cref="InvalidDataException">It is not; the message says what is wrong, without the file's name.</exception>
    internal void CheckModel()
    {
        string architecture = Architecture;
        if (Tensors.Count == 0) throw new InvalidDataException("holds no tensors: it is a vocabulary or a header without a model");
        if (Tokens.Count == 0 || Text("tokenizer.ggml.model") is null or "none" or "no_vocab")
            throw new InvalidDataException("has no vocabulary (tokenizer.ggml.model, tokenizer.ggml.tokens), so that text cannot be given to it");
        if (Text("tokenizer.ggml.model") == "llama") CheckBytes();
        foreach (string key in (string[])["context_length", "embedding_length", "block_count", "attention.head_count"])
        {
            // Some architectures have a number for each layer, or none of the name: those llama.cpp judges itself.
            if (OfArchitecture(key) is { } value and (< 1 or > int.MaxValue)) throw new InvalidDataException($"says {architecture}.{key} = {value}, which is no size");
        }
        if (Tensors.FirstOrDefault(tensor => tensor.Name == "token_embd.weight") is not { } embedding)
            throw new InvalidDataException($"has no embedding of tokens (token_embd.weight): {architecture} is no language model, or this is a part of one");
        if (embedding.Shape.Count != 2 || embedding.Shape[1] != (ulong)Tokens.Count)
            throw new InvalidDataException($"has an embedding of [{string.Join(", ", embedding.Shape)}] for a vocabulary of {Tokens.Count} tokens");
        if (OfArchitecture("embedding_length") is { } width && embedding.Shape[0] != (ulong)width)
            throw new InvalidDataException($"has an embedding of width {embedding.Shape[0]}, and says {architecture}.embedding_length = {width}");
    }

    /// <summary>Of a character that is no token such a tokenizer takes the bytes, and ends the process where one of those is none.</summary>
    private void CheckBytes()
    {
        HashSet<string> tokens = [.. Tokens];
        string[] missing = [.. Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>")
            .Where(name => !tokens.Contains(name) && !(name == "<0x20>" && tokens.Contains("▁")))];
        if (missing.Length > 0)
        {
            throw new InvalidDataException($"has a vocabulary without tokens for {missing.Length} of the 256 bytes ({string.Join(", ", missing.Take(3))}"
                + $"{(missing.Length > 3 ? ", ..." : "")}): not every text can be given to it");
        }
    }
}
