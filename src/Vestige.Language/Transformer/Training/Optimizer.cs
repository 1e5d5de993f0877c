using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;

namespace Vestige.Language.Transformer.Training;

/// <summary>Moves the parameters against their gradient, and keeps what the optimizer remembers of earlier gradients.</summary>
internal sealed class Optimizer
{
    // Work is cut finely enough to share, coarsely enough not to notice.
    private const int Chunk = 1 << 16;

    private readonly GptWeights _weights;
    private readonly List<Part> _parts = [];
    private readonly Muon[] _muon;

    /// <summary>A fresh optimizer for <paramref name="weights"/>.</summary>
    internal Optimizer(GptWeights weights)
    {
        GptOptions options = weights.Options;
        _weights = weights;
        First = Aligned.Allocate(weights.Table.Length);
        Second = Aligned.Allocate(weights.Table.Length);
        foreach (Tensor tensor in weights.Table.Tensors)
        {
            bool decays = tensor.Role != TensorRole.Vector;
            if (IsMuon(options, tensor))
            {
                int size = tensor.Length / tensor.Parts;
                for (int i = 0; i < tensor.Parts; i++) _parts.Add(new Part(tensor.Offset + (i * size), size, tensor.Shape[0] / tensor.Parts, decays));
            }
            else
            {
                for (int i = 0; i < tensor.Length; i += Chunk) _parts.Add(new Part(tensor.Offset + i, Math.Min(Chunk, tensor.Length - i), 0, decays));
            }
        }

        // The longest first, so that no thread is left alone with one.
        _parts = [.. _parts.OrderByDescending(part => part.Rows == 0 ? 0 : part.Length)];
        (int Rows, int Columns)[] shapes = [.. _parts.Where(part => part.Rows > 0).Select(part => (part.Rows, part.Length / part.Rows)).Distinct()];
        _muon = [.. Enumerable.Range(0, shapes.Length == 0 ? 0 : options.Threads).Select(_ => new Muon(shapes))];
    }

    /// <summary>Running mean of the gradient; Muon's momentum.</summary>
    internal Memory<float> First { get; }

    /// <summary>Running mean of the squared gradient; unused for matrices that Muon moves.</summary>
    internal Memory<float> Second { get; }

    /// <summary>Whether Muon moves this tensor.</summary>
    internal static bool IsMuon(GptOptions options, Tensor tensor) => options.Optimizer == OptimizerKind.Muon && tensor.Role == TensorRole.Matrix;

    /// <summary>One step.</summary>
    /// <param name="gradient">Gradient of all parameters.</param>
    /// <param name="gradientScale">Factor on it, from clipping.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="step">Number of this step, from 1.</param>
    internal void Update(Memory<float> gradient, float gradientScale, double rate, int step)
    {
        double decay = _weights.Options.Decay;
        float root = (float)(1 / Math.Sqrt(1 - Power(Adam.Beta2, step)));
        float adamRate = (float)(rate / (1 - Power(Adam.Beta1, step)));
        Work.Run(_parts.Count, _weights.Options.Threads, (worker, i) =>
        {
            Part part = _parts[i];
            Span<float> w = part.In(_weights.Values), first = part.In(First), g = part.In(gradient);
            float keep = part.Decays ? (float)(1 - (rate * decay)) : 1;
            if (part.Rows > 0) _muon[worker].Update(w, first, g, part.Rows, gradientScale, (float)rate, keep);
            else Adam.Update(w, first, part.In(Second), g, new AdamStep(gradientScale, keep, adamRate, root));
        });
    }

    // By multiplication: Math.Pow may differ in its last bits between machines.
    private static double Power(double x, int n)
    {
        double result = 1;
        for (int i = 0; i < n && result > 0; i++) result *= x;
        return result;
    }

    /// <param name="Offset">First parameter.</param>
    /// <param name="Length">Number of parameters.</param>
    /// <param name="Rows">Rows of a matrix for Muon; 0: for Adam.</param>
    /// <param name="Decays">Whether weight decay applies.</param>
    private sealed record Part(int Offset, int Length, int Rows, bool Decays)
    {
        internal Span<float> In(Memory<float> memory) => memory.Span.Slice(Offset, Length);
    }
}
