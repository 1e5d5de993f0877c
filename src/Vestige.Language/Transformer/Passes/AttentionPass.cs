using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Passes;

/// <summary>The attention branch of a block: <c>out = x + projection(attention(qkv(norm(x))))</c>.</summary>
internal sealed class AttentionPass
{
    private readonly GptWeights _weights;
    private readonly BlockTensors _tensors;
    private readonly BlockLinears _linears;
    private readonly Scratch _scratch;
    private readonly NormPass _norm;
    private readonly Memory<float> _qkv, _attended, _headScale;
    private readonly int _width, _heads;

    internal AttentionPass(GptWeights weights, int block, Scratch scratch, int maxRows)
    {
        GptOptions options = weights.Options;
        (_weights, _tensors, _linears, _scratch) = (weights, weights.Table.Blocks[block], weights.Blocks[block], scratch);
        (_width, _heads) = (options.Width, options.Heads);
        _norm = new NormPass(_tensors.AttentionNorm, maxRows, options.Normalization == Normalization.Layer);
        _qkv = Aligned.Allocate(maxRows * 3 * _width);
        _attended = Aligned.Allocate(maxRows * _width);
        _headScale = options.QkNorm ? Aligned.Allocate(maxRows * 2 * _heads) : default;
    }

    /// <summary>(R, 3 C): queries, keys and values, after <see cref="Forward"/>.</summary>
    internal ReadOnlySpan<float> Qkv => _qkv.Span;

    /// <summary>(R, C) to (R, C), for windows of <paramref name="length"/> rows.</summary>
    internal void Forward(Span<float> output, ReadOnlySpan<float> x, int length, DropoutMask dropout)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        Span<float> qkv = _qkv.Span;
        int C = _width, T = length, rows = x.Length / C;
        _norm.Forward(_scratch.Normal.Span, x, parameters);
        _linears.Qkv.Forward(qkv, 3 * C, new Matrix(_scratch.Normal.Span, rows, C, C), parameters);
        for (int r = 0; r < rows; r++)
        {
            Span<float> qk = qkv.Slice(r * 3 * C, 2 * C);
            if (_tensors.Temperature is not null) HeadNorm.Forward(qk, HeadScale(r));
            _weights.Rotary?.Turn(qk, r % T);
        }

        for (int at = 0; at < rows; at += T)
        {
            _scratch.Attention.Forward(_attended.Span.Slice(at * C, T * C), qkv.Slice(at * 3 * C, T * 3 * C), Temperature(parameters));
        }

        x.CopyTo(output);
        Branch.Add(output, _linears.Projection, new Matrix(_attended.Span, rows, C, C), parameters, _scratch, dropout);
    }

    /// <summary>Turns the gradient of the output, <paramref name="dx"/>, into that of the input, and adds the parameters'.</summary>
    internal void Backward(Span<float> gradient, Span<float> dx, ReadOnlySpan<float> x, int length, DropoutMask dropout)
    {
        ReadOnlySpan<float> parameters = _weights.Values.Span;
        Span<float> qkv = _qkv.Span, dQkv = _scratch.DQkv.Span, dAttended = _scratch.DNormal.Span;
        int C = _width, T = length, rows = x.Length / C;
        var dBranch = new Matrix(Branch.Gradient(dx, _scratch, dropout), rows, C, C);
        _linears.Projection.BackwardWeights(gradient, dBranch, new Matrix(_attended.Span, rows, C, C), _scratch.Panels);
        _linears.Projection.BackwardInputs(dAttended, C, dBranch);

        Span<float> dTemperature = _tensors.Temperature is null ? default : _tensors.Temperature.In(gradient);
        for (int at = 0; at < rows; at += T)
        {
            _scratch.Attention.Backward(
                dQkv.Slice(at * 3 * C, T * 3 * C), dTemperature, dAttended.Slice(at * C, T * C), _attended.Span.Slice(at * C, T * C),
                qkv.Slice(at * 3 * C, T * 3 * C), Temperature(parameters));
        }

        for (int r = 0; r < rows; r++)
        {
            Span<float> dQk = dQkv.Slice(r * 3 * C, 2 * C);
            if (_tensors.Temperature is not null) HeadNorm.Backward(dQk, qkv.Slice(r * 3 * C, 2 * C), HeadScale(r));
            _weights.Rotary?.Turn(dQk, r % T, back: true);
        }

        _norm.Again(_scratch.Normal.Span, x, parameters);
        var dProjected = new Matrix(dQkv, rows, 3 * C, 3 * C);
        _linears.Qkv.BackwardWeights(gradient, dProjected, new Matrix(_scratch.Normal.Span, rows, C, C), _scratch.Panels);
        _linears.Qkv.BackwardInputs(_scratch.DNormal.Span, C, dProjected);
        _norm.Backward(gradient, dx, _scratch.DNormal.Span, x, parameters);
    }

    private Span<float> HeadScale(int row) => _headScale.Span.Slice(row * 2 * _heads, 2 * _heads);

    private ReadOnlySpan<float> Temperature(ReadOnlySpan<float> parameters) => _tensors.Temperature is null ? default : _tensors.Temperature.In(parameters);
}
