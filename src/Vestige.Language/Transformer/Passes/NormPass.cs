using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Passes;

/// <summary>A normalization in a pass: remembers each row's mean and scale.</summary>
internal sealed class NormPass(NormTensors tensors, int maxRows, bool centred)
{
    private readonly Memory<float> _mean = Aligned.Allocate(maxRows), _scale = Aligned.Allocate(maxRows);

    /// <summary><c>y = norm(x)</c>, (R, C).</summary>
    internal void Forward(Span<float> y, ReadOnlySpan<float> x, ReadOnlySpan<float> parameters)
    {
        Norms.Measure(Mean(x), Scale(x), x, centred, tensors.Gain.Length);
        Again(y, x, parameters);
    }

    /// <summary>The same y once more, without measuring.</summary>
    internal void Again(Span<float> y, ReadOnlySpan<float> x, ReadOnlySpan<float> parameters)
    {
        Norms.Apply(y, x, Mean(x), Scale(x), tensors.Gain.In(parameters), tensors.Bias is null ? default : tensors.Bias.In(parameters));
    }

    /// <summary>Adds to <paramref name="dx"/> and <paramref name="gradient"/> what <paramref name="dy"/> gives.</summary>
    internal void Backward(Span<float> gradient, Span<float> dx, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> parameters)
    {
        Norms.Backward(
            dx, tensors.Gain.In(gradient), tensors.Bias is null ? default : tensors.Bias.In(gradient), dy, x,
            Mean(x), Scale(x), tensors.Gain.In(parameters), centred);
    }

    private Span<float> Mean(ReadOnlySpan<float> x) => _mean.Span[..(x.Length / tensors.Gain.Length)];

    private Span<float> Scale(ReadOnlySpan<float> x) => _scale.Span[..(x.Length / tensors.Gain.Length)];
}
