using LLama.Native;
using Vestige.Models.Gguf;
using Vestige.Models.Llama;

namespace Vestige.Models.Making;

/// <summary>Packs the weights of a GGUF file, as llama.cpp does it.</summary>
public static class GgufQuantizer
{
    private const string Mostly = "MOSTLY_", All = "ALL_";

    private const int LeastBlock = 32, LargeBlock = 256;

    // Wider than any packed type: what is left as it is has no blocks.
    private static readonly string[] s_unpacked = ["F32", "F16", "BF16"];

    /// <summary>The types that files may be packed in, by llama.cpp's names.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        .. Enum.GetNames<LLamaFtype>().Where(name => name.StartsWith(Mostly, StringComparison.Ordinal) || name.StartsWith(All, StringComparison.Ordinal))
            .Select(name => name.Replace(Mostly, "", StringComparison.Ordinal).Replace(All, "", StringComparison.Ordinal)).Distinct(),
    ];

    /// <summary>Packs a file.</summary>
    /// <param name="from">The file.</param>
    /// <param name="to">Where the packed one goes.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <returns>What the user should know of it: tensors that were packed otherwise, for their rows do not suit the type.</returns>
    /// <exception cref="InvalidDataException">The file cannot be packed so; the message names it and says why.</exception>
    public static IReadOnlyList<string> Quantize(string from, string to, string type)
    {
        // Reads it as one that is to be run: what cannot be run is not packed either, and may end the process.
        LlamaModel model = LlamaModel.Read(from);
        TensorInfo[] matrices = [.. GgufReader.Read(from).Tensors.Where(tensor => tensor.Shape.Count > 1)];
        bool packs = !s_unpacked.Contains(type);
        if (packs && matrices.FirstOrDefault(tensor => tensor.Shape[0] % LeastBlock != 0) is { } narrow)
        {
            throw new InvalidDataException($"{from} cannot be packed as {type}: tensor {narrow.Name} has rows of {narrow.Shape[0]} weights, and {LeastBlock} are packed together. "
                + "F16 takes any rows; vestige export pads the hidden layer, the width must be a multiple of 32");
        }
        var settings = LLamaModelQuantizeParams.Default();
        settings.ftype = Enum.TryParse(Mostly + type, out LLamaFtype packed) || Enum.TryParse(All + type, out packed) ? packed
            : throw new InvalidDataException($"{from}: there is no type {type}. There are: {string.Join(", ", Types)}");
        settings.nthread = model.Threads;
        (string? made, string said) = LlamaLibrary.Try(() => NativeApi.llama_model_quantize(from, to, ref settings) == 0 ? to : null!);
        if (made is null || !File.Exists(to))
        {
            throw new InvalidDataException($"{from} could not be packed as {type}: {(said.Length > 0 ? said : "llama.cpp does not say why; "
                + "types of 2 bits and less (IQ1, IQ2) need an importance matrix, which is not made here")}");
        }
        int other = type.Contains("_K", StringComparison.Ordinal) || type.StartsWith("IQ", StringComparison.Ordinal)
            ? matrices.Count(tensor => tensor.Shape[0] % LargeBlock != 0) : 0;
        return other == 0 ? []
            : [$"{other} of {matrices.Length} matrices have rows that {LargeBlock} does not divide, and were packed in another type than {type}, with more bits"];
    }
}
