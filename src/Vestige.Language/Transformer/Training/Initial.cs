using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Numerics;

namespace Vestige.Language.Transformer.Training;

/// <summary>The weights that training starts from.</summary>
internal static class Initial
{
    private const double Deviation = 0.02;

    /// <summary>
    /// Gains 1, additive terms and temperatures 0, the rest uniform with standard deviation 0.02, and less for the last layers of
    /// branches, whose outputs add up over 2 L branches (Radford et al. 2019).
    /// </summary>
    /// <remarks>Uniform, not normal: nothing but additions and multiplications, so the same bits everywhere.</remarks>
    internal static void Fill(GptWeights weights, ulong seed)
    {
        Span<float> values = weights.Values.Span;
        values.Clear();
        foreach (NormTensors norm in weights.Table.Blocks.SelectMany(block => new[] { block.AttentionNorm, block.FeedNorm }).Append(weights.Table.FinalNorm))
        {
            norm.Gain.In(values).Fill(1);
        }

        var last = weights.Table.Blocks.SelectMany(block => new[] { block.Projection.Weight, block.Down.Weight }).ToHashSet();
        foreach (Tensor tensor in weights.Table.Tensors)
        {
            if (tensor.Role == TensorRole.Vector) continue;
            var rng = Rng.For(seed, tensor.Name);
            double half = Deviation * Math.Sqrt(3) / (last.Contains(tensor) ? Math.Sqrt(2 * weights.Options.Layers) : 1);
            foreach (ref float w in tensor.In(values)) w = (float)(half * ((2 * rng.NextDouble()) - 1));
        }
    }
}
