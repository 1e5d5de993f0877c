using System.Text;
using Vestige.Models.Gguf;
using Vestige.Numerics;

namespace Vestige.Tests.Models;

/// <summary>A random model of llama's shape with a vocabulary of bytes and a few longer tokens, as a GGUF file and as arrays for a judge.</summary>
internal sealed class TinyModel
{
    internal const int Width = 32, Heads = 4, KeyHeads = 2, Layers = 2, Hidden = 64, Context = 64;

    internal const float Epsilon = 1e-5f, Base = 10000;

    // The first three rule texts; then the bytes; then what merges into longer tokens.
    private static readonly string[] s_longer = ["▁", "t", "h", "e", "a", "n", "d", "s", "th", "he", "an", "▁t", "▁th", "▁the", "and", "▁a", "▁and"];

    // A space is written so there.
    private static readonly string[] s_letters = ["Ġ", "t", "h", "e", "a", "n", "d", "s", "th", "the"];

    private readonly bool _pairs;

    /// <summary>A model.</summary>
    /// <param name="seed">Seed of its weights.</param>
    /// <param name="scale">Largest of them.</param>
    /// <param name="bytes">Whether each byte is a token.</param>
    /// <param name="pairs">Whether its tokenizer merges pairs, as GPT-2's does: then its tokens are a few letters.</param>
    internal TinyModel(ulong seed, float scale = 0.4f, bool bytes = true, bool pairs = false)
    {
        _pairs = pairs;
        List<(byte[] Text, int Kind)> tokens = [("<unk>"u8.ToArray(), 2), ("<s>"u8.ToArray(), 3), ("</s>"u8.ToArray(), 3)];
        if (bytes) tokens.AddRange(Enumerable.Range(0, 256).Select(b => (Encoding.ASCII.GetBytes($"<0x{b:X2}>"), 6)));
        tokens.AddRange((pairs ? s_letters : s_longer).Select(text => (Encoding.UTF8.GetBytes(text), 1)));
        Tokens = tokens;
        var rng = new Rng(seed);
        float[] Random(int length, float around = 0)
        {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) values[i] = around + (scale * (float)((rng.NextDouble() * 2) - 1));
            return values;
        }

        const int head = Width / Heads, keys = head * KeyHeads;
        int vocabulary = Tokens.Count;
        Add("token_embd.weight", Random(Width * vocabulary), Width, vocabulary);
        for (int l = 0; l < Layers; l++)
        {
            Add($"blk.{l}.attn_norm.weight", Random(Width, 1), Width);
            Add($"blk.{l}.attn_q.weight", Random(Width * Width), Width, Width);
            Add($"blk.{l}.attn_k.weight", Random(Width * keys), Width, keys);
            Add($"blk.{l}.attn_v.weight", Random(Width * keys), Width, keys);
            Add($"blk.{l}.attn_output.weight", Random(Width * Width), Width, Width);
            Add($"blk.{l}.ffn_norm.weight", Random(Width, 1), Width);
            Add($"blk.{l}.ffn_gate.weight", Random(Width * Hidden), Width, Hidden);
            Add($"blk.{l}.ffn_down.weight", Random(Hidden * Width), Hidden, Width);
            Add($"blk.{l}.ffn_up.weight", Random(Width * Hidden), Width, Hidden);
        }
        Add("output_norm.weight", Random(Width, 1), Width);
        Add("output.weight", Random(Width * vocabulary), Width, vocabulary);
    }

    /// <summary>What a token is called in the file, and its kind there: 1 normal, 2 unknown, 3 control, 6 a byte.</summary>
    internal IReadOnlyList<(byte[] Text, int Kind)> Tokens { get; }

    internal Dictionary<string, (float[] Elements, int[] Shape)> Tensors { get; } = [];

    /// <summary>The file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="change">Changes what is written, before the tensors.</param>
    /// <param name="architecture">What it calls itself.</param>
    /// <param name="leaveOut">Tensors that are not written.</param>
    internal string Write(string path, Action<GgufWriter>? change = null, string architecture = "llama", Predicate<string>? leaveOut = null)
    {
        var writer = new GgufWriter();
        writer.Add("general.architecture", architecture);
        writer.Add("general.name", "tiny");
        foreach ((string key, int value) in new[] { ("context_length", Context), ("embedding_length", Width), ("block_count", Layers), ("feed_forward_length", Hidden),
            ("attention.head_count", Heads), ("attention.head_count_kv", KeyHeads), ("rope.dimension_count", Width / Heads), ("vocab_size", Tokens.Count) })
        {
            writer.Add($"{architecture}.{key}", (uint)value);
        }
        writer.Add($"{architecture}.attention.layer_norm_rms_epsilon", Epsilon);
        writer.Add($"{architecture}.rope.freq_base", Base);
        writer.Add("tokenizer.ggml.model", _pairs ? "gpt2" : "llama");
        if (_pairs)
        {
            writer.Add("tokenizer.ggml.pre", "gpt-2");
            writer.Add("tokenizer.ggml.merges", ["t h"u8.ToArray(), "th e"u8.ToArray()]);
        }
        writer.Add("tokenizer.ggml.tokens", [.. Tokens.Select(token => token.Text)]);
        writer.Add("tokenizer.ggml.scores", (ReadOnlySpan<float>)[.. Tokens.Select((token, i) => token.Kind == 1 ? token.Text.Length - (i * 1e-3f) : 0)]);
        writer.Add("tokenizer.ggml.token_type", (ReadOnlySpan<int>)[.. Tokens.Select(token => token.Kind)]);
        writer.Add("tokenizer.ggml.bos_token_id", 1u);
        writer.Add("tokenizer.ggml.eos_token_id", 2u);
        writer.Add("tokenizer.ggml.unknown_token_id", 0u);
        change?.Invoke(writer);
        foreach ((string name, (float[] elements, int[] shape)) in Tensors)
            if (leaveOut?.Invoke(name) != true) writer.Add(name, elements, shape);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = File.Create(path);
        writer.Write(file);
        return path;
    }

    private void Add(string name, float[] elements, params int[] shape) => Tensors.Add(name, (elements, shape));
}
