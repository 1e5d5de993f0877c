using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Passes;

/// <summary>The feed-forward branch of a block: <c>out = x + down(f(up(norm(x))))</c>.</summary>
internal sealed class FeedPass
{
    private readonly GptWeights _weights;
    private readonly BlockLinears _linears;
    private readonly Scratch _scratch;
    private readonly NormPass _norm;
    private readonly Memory<float> _up;

    internal FeedPass(GptWeights weights, int block, Scratch scratch, int maxRows)
    {
        (_weights, _linears, _scratch) = (weights, weights.Blocks[block], scratch);
        _norm = new NormPass(weights.Table.Blocks[block].FeedNorm, maxRows, weights.Options.Normalization == Normalization.Layer);
        _up = Aligned.Allocate(maxRows * _linears.Up.Outputs);
    }

    private int Width => _linears.Up.Inputs;

    private int Hidden => _linears.Down.Inputs;

    /// <summary>(R, C) to (R, C).</summary>
    internal void Forward(Span<float> output, ReadOnlySpan<float> x, DropoutMask dropout)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        int rows = x.Length / Width;
        Span<float> normal = _scratch.Normal.Span[..x.Length], hidden = _scratch.Hidden.Span[..(rows * Hidden)], up = _up.Span[..(rows * _linears.Up.Outputs)];
        _norm.Forward(normal, x, parameters);
        _linears.Up.Forward(up, _linears.Up.Outputs, new Matrix(normal, rows, Width, Width), parameters);
        Activations.Forward(_weights.Options.Activation, hidden, up, Hidden);
        x.CopyTo(output);
        Branch.Add(output, _linears.Down, new Matrix(hidden, rows, Hidden, Hidden), parameters, _scratch, dropout);
    }

    /// <summary>Turns the gradient of the output, <paramref name="dx"/>, into that of the input, and adds the parameters'.</summary>
    internal void Backward(Span<float> gradient, Span<float> dx, ReadOnlySpan<float> x, DropoutMask dropout)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        int rows = x.Length / Width;
        Span<float> normal = _scratch.Normal.Span[..x.Length], hidden = _scratch.Hidden.Span[..(rows * Hidden)], up = _up.Span[..(rows * _linears.Up.Outputs)];
        var dBranch = new Matrix(Branch.Gradient(dx, _scratch, dropout), rows, Width, Width);
        _linears.Down.BackwardInputs(_scratch.DHidden.Span, Hidden, dBranch);
        Activations.Backward(_weights.Options.Activation, _scratch.DUp.Span, hidden, _scratch.DHidden.Span, up, Hidden);
        _linears.Down.BackwardWeights(gradient, dBranch, new Matrix(hidden, rows, Hidden, Hidden), _scratch.Panels);

        _norm.Again(normal, x, parameters);
        var dUp = new Matrix(_scratch.DUp.Span, rows, _linears.Up.Outputs, _linears.Up.Outputs);
        _linears.Up.BackwardWeights(gradient, dUp, new Matrix(normal, rows, Width, Width), _scratch.Panels);
        _linears.Up.BackwardInputs(_scratch.DNormal.Span, Width, dUp);
        _norm.Backward(gradient, dx, _scratch.DNormal.Span, x, parameters);
    }
}
