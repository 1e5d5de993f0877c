using LLama.Native;

namespace Vestige.Models.Llama;

/// <summary>How llama.cpp runs a model, of what changes its logits.</summary>
/// <param name="Flash">Attention without a table of its weights, which rounds what it takes to 16 bits; llama.cpp's own choice without a word.</param>
/// <param name="Cache">What keys and values are kept in, one of <see cref="Caches"/>.</param>
internal sealed record LlamaSettings(bool Flash, string Cache)
{
    /// <summary>Of the settings that there are, the nearest to a sum in double precision: within some 1e-6 in a log-probability.</summary>
    internal static LlamaSettings Exact { get; } = new(false, Caches[0]);

    /// <summary>The types of caches; llama.cpp's own choice without a word is f16.</summary>
    internal static IReadOnlyList<string> Caches => ["f32", "f16", "q8_0", "q4_0"];

    /// <summary>Numbers that such a type packs together.</summary>
    internal const int Packed = 32;

    /// <summary>Whether numbers are packed together, which llama.cpp can do with <see cref="Flash"/> only.</summary>
    internal bool PacksCache => Cache.StartsWith('q');

    /// <summary>Sets them.</summary>
    internal void Apply(ref LLamaContextParams parameters)
    {
        // Never "auto": that turns itself on.
        parameters.llama_flash_attn_type = Flash
            ? LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_ENABLED : LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_DISABLED;
        parameters.type_k = parameters.type_v = Cache switch
        {
            "f32" => GGMLType.GGML_TYPE_F32,
            "f16" => GGMLType.GGML_TYPE_F16,
            "q8_0" => GGMLType.GGML_TYPE_Q8_0,
            _ => GGMLType.GGML_TYPE_Q4_0,
        };
    }

    /// <summary>In words.</summary>
    public override string ToString() => $"{(Cache == "f32" ? "32-bit" : Cache == "f16" ? "16-bit" : Cache)} caches, {(Flash ? "flash" : "no flash")} attention";
}
