using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Layers;

namespace Vestige.Language.Transformer.Passes;

/// <summary>How a branch ends: <c>out += dropout(x wᵀ)</c>.</summary>
internal static class Branch
{
    /// <summary>Adds the branch to the stream.</summary>
    /// <param name="stream">(R, C) in and out.</param>
    /// <param name="last">The branch's last layer.</param>
    /// <param name="x">(R, I), its input.</param>
    /// <param name="parameters">All parameters.</param>
    /// <param name="scratch">Memory.</param>
    /// <param name="dropout">Mask, or none.</param>
    internal static void Add(Span<float> stream, Linear last, Matrix x, ReadOnlySpan<float> parameters, Scratch scratch, DropoutMask dropout)
    {
        if (dropout.Share == 0)
        {
            last.Forward(stream, last.Outputs, x, parameters, add: true);
            return;
        }

        Span<float> branch = scratch.Branch.Span[..stream.Length];
        last.Forward(branch, last.Outputs, x, parameters);
        dropout.Apply(branch, branch);
        Elementwise.Add(stream, branch);
    }

    /// <summary>The gradient of the branch from that of the stream: the same memory where nothing is dropped.</summary>
    internal static ReadOnlySpan<float> Gradient(ReadOnlySpan<float> dStream, Scratch scratch, DropoutMask dropout)
    {
        if (dropout.Share == 0) return dStream;
        Span<float> branch = scratch.Branch.Span[..dStream.Length];
        dropout.Apply(branch, dStream);
        return branch;
    }
}
