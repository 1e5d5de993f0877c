namespace Vestige.Language.Transformer.Parameters;

/// <summary>What a tensor is for; the optimizer goes by it.</summary>
internal enum TensorRole
{
    /// <summary>Gains, additive terms, temperatures: no decay.</summary>
    Vector,

    /// <summary>Embeddings and the output layer: Adam, with decay.</summary>
    Embedding,

    /// <summary>A linear layer of a block: the chosen optimizer, with decay.</summary>
    Matrix,
}

/// <summary>A named range of the parameter memory.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Sizes, slowest first; a linear layer is (outputs, inputs).</param>
/// <param name="Offset">First element in the parameter memory.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Parts">Matrices stacked in it, which Muon treats one by one: queries, keys and values are 3.</param>
internal sealed record Tensor(string Name, int[] Shape, int Offset, TensorRole Role, int Parts = 1)
{
    internal int Length { get; } = Shape.Aggregate(1, (product, size) => checked(product * size));

    internal Span<float> In(Span<float> parameters) => parameters.Slice(Offset, Length);

    internal ReadOnlySpan<float> In(ReadOnlySpan<float> parameters) => parameters.Slice(Offset, Length);
}

/// <summary>The tensors of a model in one memory, so that optimizer, file and gradient check are single loops.</summary>
internal sealed class ParameterTable
{
    private readonly List<Tensor> _tensors = [];

    /// <summary>Lays out the parameters of a model.</summary>
    internal ParameterTable(GptOptions options)
    {
        int C = options.Width;
        int F = Hidden(options);
        Embedding = Add("embedding", TensorRole.Embedding, [Alphabet.Symbols, C]);
        if (options.Positions == Parameters.Positions.Learned) Positions = Add("positions", TensorRole.Embedding, [options.Context, C]);
        for (int n = 2; n <= options.Ngram; n++) Ngrams.Add(Add($"ngram.{n}", TensorRole.Embedding, [options.NgramRows, C]));
        for (int l = 0; l < options.Layers; l++)
        {
            string at = $"block.{l}.";
            int rows = options.Activation == Activation.SwiGlu ? 2 : 1;
            Blocks.Add(new BlockTensors
            {
                AttentionNorm = AddNorm(at + "attention.norm", C, options),
                Qkv = AddLinear(at + "attention.qkv", 3 * C, C, options, parts: 3),
                Temperature = options.QkNorm ? Add(at + "attention.temperature", TensorRole.Vector, [options.Heads]) : null,
                Projection = AddLinear(at + "attention.projection", C, C, options),
                FeedNorm = AddNorm(at + "feed.norm", C, options),
                Up = AddLinear(at + "feed.up", rows * F, C, options, parts: rows),
                Down = AddLinear(at + "feed.down", C, F, options),
            });
        }

        FinalNorm = AddNorm("norm", C, options);
        Head = options.Tied ? null : Add("head", TensorRole.Embedding, [Alphabet.Bytes, C]);
        Length = _tensors[^1].Offset + _tensors[^1].Length;
    }

    internal IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>Number of parameters.</summary>
    internal int Length { get; }

    /// <summary>(257, C).</summary>
    internal Tensor Embedding { get; }

    /// <summary>(T, C), where positions are learned.</summary>
    internal Tensor? Positions { get; }

    /// <summary>(rows, C) for each order from 2.</summary>
    internal List<Tensor> Ngrams { get; } = [];

    internal List<BlockTensors> Blocks { get; } = [];

    internal NormTensors FinalNorm { get; }

    /// <summary>(256, C); null: the embedding's first 256 rows.</summary>
    internal Tensor? Head { get; }

    /// <summary>Width F of the feed-forward branch: 4 C, or the multiple of 16 at or above 8/3 C where a gate takes a third matrix.</summary>
    internal static int Hidden(GptOptions options)
    {
        return options.Activation == Activation.SwiGlu ? ((8 * options.Width / 3) + 15) / 16 * 16 : 4 * options.Width;
    }

    private NormTensors AddNorm(string name, int width, GptOptions options)
    {
        return new NormTensors(Add(name + ".gain", TensorRole.Vector, [width]), options.Bias ? Add(name + ".bias", TensorRole.Vector, [width]) : null);
    }

    private LinearTensors AddLinear(string name, int outputs, int inputs, GptOptions options, int parts = 1)
    {
        return new LinearTensors(
            Add(name + ".weight", TensorRole.Matrix, [outputs, inputs], parts),
            options.Bias ? Add(name + ".bias", TensorRole.Vector, [outputs]) : null);
    }

    private Tensor Add(string name, TensorRole role, int[] shape, int parts = 1)
    {
        int offset = _tensors.Count == 0 ? 0 : checked(_tensors[^1].Offset + _tensors[^1].Length);
        var tensor = new Tensor(name, shape, offset, role, parts);
        _tensors.Add(tensor);
        return tensor;
    }
}

/// <summary>The tensors of one block.</summary>
internal sealed record BlockTensors
{
    internal required NormTensors AttentionNorm { get; init; }

    internal required LinearTensors Qkv { get; init; }

    /// <summary>(H): the logarithm of the factor on each head's scores, where queries and keys are normalized.</summary>
    internal required Tensor? Temperature { get; init; }

    internal required LinearTensors Projection { get; init; }

    internal required NormTensors FeedNorm { get; init; }

    internal required LinearTensors Up { get; init; }

    internal required LinearTensors Down { get; init; }
}

/// <summary>A normalization: gain (C), and bias (C) or null.</summary>
internal sealed record NormTensors(Tensor Gain, Tensor? Bias);

/// <summary>A linear layer: weight (outputs, inputs), and bias (outputs) or null.</summary>
internal sealed record LinearTensors(Tensor Weight, Tensor? Bias);
