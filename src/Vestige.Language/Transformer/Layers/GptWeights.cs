using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Layers;

/// <summary>The parameters of a model, and its linear layers over them.</summary>
internal sealed class GptWeights
{
    private readonly List<Linear> _linears = [];

    /// <summary>A model with all parameters zero.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="training">Keeps what a backward pass needs besides.</param>
    internal GptWeights(GptOptions options, bool training)
    {
        Options = options;
        Table = new ParameterTable(options);
        Values = Aligned.Allocate(Table.Length);
        Embeddings = new Embeddings(Table);
        Rotary = options.Positions == Positions.Rotary ? new Rotary(options.Context, options.Width / options.Heads) : null;
        Blocks = [.. Table.Blocks.Select(block => new BlockLinears(
            AddLinear(block.Qkv, training), AddLinear(block.Projection, training), AddLinear(block.Up, training), AddLinear(block.Down, training)))];
        Head = new Linear(new LinearTensors(Table.Head ?? Table.Embedding, null), Alphabet.Bytes, training);
        _linears.Add(Head);
    }

    internal GptOptions Options { get; }

    internal ParameterTable Table { get; }

    /// <summary>All parameters, as <see cref="Table"/> lays them out.</summary>
    internal Memory<float> Values { get; }

    internal Embeddings Embeddings { get; }

    internal Rotary? Rotary { get; }

    internal IReadOnlyList<BlockLinears> Blocks { get; }

    internal Linear Head { get; }

    /// <summary>Packs the linear layers' weights for the kernels; to be called whenever <see cref="Values"/> have changed.</summary>
    internal void Pack(int threads) => Work.Run(_linears.Count, threads, (_, i) => _linears[i].Pack(Values.Span));

    private Linear AddLinear(LinearTensors tensors, bool training)
    {
        var linear = new Linear(tensors, tensors.Weight.Shape[0], training);
        _linears.Add(linear);
        return linear;
    }
}

/// <summary>The linear layers of one block.</summary>
internal sealed record BlockLinears(Linear Qkv, Linear Projection, Linear Up, Linear Down);
