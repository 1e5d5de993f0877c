using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Passes;

/// <summary>Memory that every block of a pass uses in turn. R rows, width C, hidden width F.</summary>
internal sealed class Scratch
{
    internal Scratch(GptOptions options, int windows)
    {
        int C = options.Width, R = windows * options.Context;
        int F = ParameterTable.Hidden(options);
        int gates = options.Activation == Activation.SwiGlu ? 2 : 1;
        Normal = Aligned.Allocate(R * C);
        Hidden = Aligned.Allocate(R * F);
        Branch = Aligned.Allocate(R * C);
        DNormal = Aligned.Allocate(R * C);
        DHidden = Aligned.Allocate(R * F);
        DUp = gates == 1 ? DHidden : Aligned.Allocate(R * gates * F);
        DQkv = Aligned.Allocate(R * 3 * C);
        Panels = new Panels(R, Math.Max(F, C));
        Attention = new Attention(options);
    }

    /// <summary>(R, C): what a normalization gave.</summary>
    internal Memory<float> Normal { get; }

    /// <summary>(R, F): activations.</summary>
    internal Memory<float> Hidden { get; }

    /// <summary>(R, C): a branch's output before it is added, or the gradient of it.</summary>
    internal Memory<float> Branch { get; }

    /// <summary>(R, C): gradient of <see cref="Normal"/>.</summary>
    internal Memory<float> DNormal { get; }

    /// <summary>(R, F): gradient of <see cref="Hidden"/>.</summary>
    internal Memory<float> DHidden { get; }

    /// <summary>(R, F), gated (R, 2 F): gradient before the activation; the memory of <see cref="DHidden"/> where not gated.</summary>
    internal Memory<float> DUp { get; }

    /// <summary>(R, 3 C): gradient of queries, keys and values.</summary>
    internal Memory<float> DQkv { get; }

    /// <summary>The right operand of a weight gradient.</summary>
    internal Panels Panels { get; }

    internal Attention Attention { get; }
}
