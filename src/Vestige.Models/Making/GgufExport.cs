using System.Text;
using Vestige.Language;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Models.Gguf;

namespace Vestige.Models.Making;

/// <summary>A Transformer that was trained here as a GGUF file, which llama.cpp runs with the same probabilities.</summary>
/// <remarks>
/// It is written as qwen2, whose rotary positions pair the halves of a head as ours do, and which may add a number to each logit: what opens a
/// text is a symbol that is read and never written, and is given -10000 there. The additions to queries, keys and values that qwen2 also has are zero.
/// A hidden layer is padded with zeros, which changes nothing, so that every way of packing finds whole blocks in its rows.
/// </remarks>
public static class GgufExport
{
    private const string Architecture = "qwen2";

    // e^-10000 is 0 in any precision, and the number is in any precision.
    private const float Never = -10000;

    private const float Base = 10000;

    // Elements that types of packing take together: the K types, and the others.
    private const int LargeBlock = 256, SmallBlock = 32;

    private const int NormalToken = 1, ControlToken = 3, ByteToken = 6;

    /// <summary>Why a model cannot be written so; null where it can.</summary>
    public static string? WhyNot(ITextModel model)
    {
        if (model is not TransformerText text) return "it is no Transformer; only those are GGUF's";
        GptOptions options = text.Options;
        (bool Fits, string Has, string Wants)[] needs =
        [
            (options.Normalization == Normalization.Rms, "norm=layer", "norm=rms"),
            (options.Activation == Activation.SwiGlu, $"activation={(options.Activation == Activation.Gelu ? "gelu" : "relu2")}", "activation=swiglu"),
            (options.Positions == Positions.Rotary, "positions=learned", "positions=rotary"),
            (!options.Bias, "bias=true", "bias=false"),
            (!options.QkNorm, "qk_norm=true", "qk_norm=false"),
            (options.Ngram == 0, $"ngram={options.Ngram}", "ngram=0"),
        ];
        string[] other = [.. needs.Where(need => !need.Fits).Select(need => $"{need.Has} ({need.Wants} is needed)")];
        return other.Length == 0 ? null : $"it was trained with {string.Join(", ", other)}, which llama.cpp has no architecture for";
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="ArgumentException"><see cref="WhyNot"/> says why.</exception>
    public static void Write(Stream stream, ITextModel model)
    {
        if (WhyNot(model) is { } why) throw new ArgumentException(why, nameof(model));
        Gpt gpt = ((TransformerText)model).Model;
        GptOptions options = gpt.Options;
        int hidden = ParameterTable.Hidden(options), block = options.Width % LargeBlock == 0 ? LargeBlock : SmallBlock, padded = (hidden + block - 1) / block * block;
        var writer = new GgufWriter();
        Describe(writer, options, padded);
        Vocabulary(writer);
        int C = options.Width;
        float[] Of(Tensor tensor) => tensor.In(gpt.Values.Span).ToArray();
        float[] embedding = Of(gpt.Table.Embedding);
        writer.Add("token_embd.weight", embedding, C, Alphabet.Symbols);
        for (int l = 0; l < gpt.Table.Blocks.Count; l++)
        {
            BlockTensors tensors = gpt.Table.Blocks[l];
            string at = $"blk.{l}.";
            float[] qkv = Of(tensors.Qkv.Weight), up = Of(tensors.Up.Weight);
            writer.Add(at + "attn_norm.weight", Of(tensors.AttentionNorm.Gain), C);
            foreach ((int part, string name) in ((string[])["attn_q", "attn_k", "attn_v"]).Index())
            {
                writer.Add($"{at}{name}.weight", qkv.AsMemory(part * C * C, C * C), C, C);
                writer.Add($"{at}{name}.bias", new float[C], C);
            }
            writer.Add(at + "attn_output.weight", Of(tensors.Projection.Weight), C, C);
            writer.Add(at + "ffn_norm.weight", Of(tensors.FeedNorm.Gain), C);
            writer.Add(at + "ffn_gate.weight", Rows(up.AsSpan(0, hidden * C), padded * C), C, padded);
            writer.Add(at + "ffn_up.weight", Rows(up.AsSpan(hidden * C), padded * C), C, padded);
            writer.Add(at + "ffn_down.weight", Columns(Of(tensors.Down.Weight), C, hidden, padded), padded, C);
        }
        writer.Add("output_norm.weight", Of(gpt.Table.FinalNorm.Gain), C);
        float[] head = gpt.Table.Head is { } apart ? Of(apart) : embedding[..(Alphabet.Bytes * C)];
        writer.Add("output.weight", Rows(head, Alphabet.Symbols * C), C, Alphabet.Symbols);
        float[] added = new float[Alphabet.Symbols];
        added[Alphabet.Unknown] = Never;
        writer.Add("output.bias", added, Alphabet.Symbols);
        writer.Write(stream);
    }

    private static void Describe(GgufWriter writer, GptOptions options, int hidden)
    {
        writer.Add("general.architecture", Architecture);
        writer.Add("general.name", $"vestige transformer, {options.Layers} layers, width {options.Width}");
        writer.Add("general.file_type", 0u);
        foreach ((string key, int value) in new[] { ("context_length", options.Context), ("embedding_length", options.Width), ("block_count", options.Layers),
            ("feed_forward_length", hidden), ("attention.head_count", options.Heads), ("attention.head_count_kv", options.Heads), ("vocab_size", Alphabet.Symbols) })
        {
            writer.Add($"{Architecture}.{key}", (uint)value);
        }
        writer.Add($"{Architecture}.attention.layer_norm_rms_epsilon", Norms.Epsilon);
        writer.Add($"{Architecture}.rope.freq_base", Base);
    }

    /// <summary>The bytes by their own numbers, and what opens a text. A space is written as sentence pieces write it, for llama.cpp's tokenizer puts that in its place.</summary>
    private static void Vocabulary(GgufWriter writer)
    {
        byte[][] names = [.. Enumerable.Range(0, Alphabet.Bytes).Select(b => b == ' ' ? Encoding.UTF8.GetBytes("▁") : Encoding.ASCII.GetBytes($"<0x{b:X2}>")), "<s>"u8.ToArray()];
        int[] kinds = [.. Enumerable.Repeat(ByteToken, Alphabet.Bytes), ControlToken];
        kinds[' '] = NormalToken;
        writer.Add("tokenizer.ggml.model", "llama");
        writer.Add("tokenizer.ggml.tokens", names);
        writer.Add("tokenizer.ggml.scores", new float[names.Length]);
        writer.Add("tokenizer.ggml.token_type", kinds);
        foreach (string role in (string[])["bos", "eos", "unknown"]) writer.Add($"tokenizer.ggml.{role}_token_id", (uint)Alphabet.Unknown);
        writer.Add("tokenizer.ggml.add_bos_token", true);
        writer.Add("tokenizer.ggml.add_eos_token", false);
        writer.Add("tokenizer.ggml.add_space_prefix", false);
    }

    private static float[] Rows(ReadOnlySpan<float> rows, int length)
    {
        float[] padded = new float[length];
        rows.CopyTo(padded);
        return padded;
    }

    private static float[] Columns(float[] matrix, int rows, int columns, int padded)
    {
        float[] wider = new float[rows * padded];
        for (int row = 0; row < rows; row++) matrix.AsSpan(row * columns, columns).CopyTo(wider.AsSpan(row * padded));
        return wider;
    }
}
