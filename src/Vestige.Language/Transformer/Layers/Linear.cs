using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Layers;

/// <summary>A linear layer <c>y = x wᵀ + bias</c>, with its weights packed for the kernels.</summary>
internal sealed class Linear
{
    private readonly Tensor _weight;
    private readonly Tensor? _bias;
    private readonly Panels _forward;
    private readonly Panels? _backward;

    /// <summary>A layer over <paramref name="tensors"/>.</summary>
    /// <param name="tensors">Weight (O, I) and bias (O).</param>
    /// <param name="outputs">O: the first O rows of the weight.</param>
    /// <param name="training">Keeps the weights packed for the backward pass too.</param>
    internal Linear(LinearTensors tensors, int outputs, bool training)
    {
        (_weight, _bias) = tensors;
        Outputs = outputs;
        _forward = new Panels(Inputs, outputs);
        _backward = training ? new Panels(outputs, Inputs) : null;
    }

    internal int Outputs { get; }

    internal int Inputs => _weight.Shape[1];

    /// <summary>Packs the weights; to be called whenever they have changed.</summary>
    internal void Pack(ReadOnlySpan<float> parameters)
    {
        var w = new Matrix(_weight.In(parameters), Outputs, Inputs, Inputs);
        _forward.Pack(w.Transposed);
        _backward?.Pack(w);
    }

    /// <summary><c>y = x wᵀ + bias</c>, or <c>+=</c>.</summary>
    /// <param name="y">(R, O) out.</param>
    /// <param name="yStride">From row to row of <paramref name="y"/>.</param>
    /// <param name="x">(R, I).</param>
    /// <param name="parameters">All parameters, for the bias.</param>
    /// <param name="add">Adds to <paramref name="y"/>.</param>
    internal void Forward(Span<float> y, int yStride, Matrix x, ReadOnlySpan<float> parameters, bool add = false)
    {
        if (_bias is not null)
        {
            ReadOnlySpan<float> bias = _bias.In(parameters);
            for (int r = 0; r < x.Rows; r++)
            {
                Span<float> row = y.Slice(r * yStride, Outputs);
                if (add) Elementwise.Add(row, bias);
                else bias.CopyTo(row);
            }
        }

        Gemm.Multiply(y, yStride, x, _forward, add || _bias is not null);
    }

    /// <summary>Adds the gradients of weight and bias, <c>dw += dyᵀ x</c>.</summary>
    /// <param name="gradient">The gradient of all parameters, in and out.</param>
    /// <param name="dy">(R, O).</param>
    /// <param name="x">(R, I).</param>
    /// <param name="scratch">Room for x packed.</param>
    internal void BackwardWeights(Span<float> gradient, Matrix dy, Matrix x, Panels scratch)
    {
        scratch.Pack(x);
        Gemm.Multiply(_weight.In(gradient), Inputs, dy.Transposed, scratch, add: true);
        if (_bias is null) return;
        Span<float> dBias = _bias.In(gradient);
        for (int r = 0; r < dy.Rows; r++) Elementwise.Add(dBias, dy.Data.Slice(r * dy.RowStride, Outputs));
    }

    /// <summary><c>dx = dy w</c>.</summary>
    /// <param name="dx">(R, I) out.</param>
    /// <param name="dxStride">From row to row of <paramref name="dx"/>.</param>
    /// <param name="dy">(R, O).</param>
    internal void BackwardInputs(Span<float> dx, int dxStride, Matrix dy)
    {
        if (_backward is null) throw new InvalidOperationException("This layer was made for inference: it has no weights packed for a backward pass.");
        Gemm.Multiply(dx, dxStride, dy, _backward);
    }
}
