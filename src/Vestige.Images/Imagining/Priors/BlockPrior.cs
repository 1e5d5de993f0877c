using Vestige.Images.Imagining.Blocks;

namespace Vestige.Images.Imagining.Priors;

/// <summary>What blocks of 8 x 8 samples of one kind of plane look like: a mixture of Gaussians of mean 0 with diagonal covariance over the 63
/// frequencies of the orthonormal DCT-II, and which of its kinds stand side by side; the block's mean is left free.</summary>
/// <remarks>A Gaussian scale mixture (Wainwright, Simoncelli 2000) whose scales are learned frequency by frequency, so that edges of either direction and textures
/// of any slope have kinds of their own.</remarks>
internal sealed class BlockPrior
{
    /// <summary>Wraps what was learned.</summary>
    /// <param name="weights">(kinds) shares, above 0, of sum 1.</param>
    /// <param name="variances">(kinds, 64), vertical by horizontal frequency, grey levels squared, above 0; those of frequency 0 have no meaning.</param>
    /// <param name="across">(left, right): how many times likelier two kinds stand side by side than by chance; above 0.</param>
    /// <param name="down">(upper, lower): the same of one above the other.</param>
    internal BlockPrior(float[] weights, float[] variances, float[] across, float[] down)
    {
        (Weights, Variances, Across, Down) = (weights, variances, across, down);
        if (variances.Length != Kinds * BlockTransform.Area || across.Length != Kinds * Kinds || down.Length != Kinds * Kinds)
            throw new ArgumentException("A prior's tables are not of one size.", nameof(weights));
    }

    /// <summary>Kinds of blocks.</summary>
    internal int Kinds => Weights.Length;

    /// <summary>(kinds) shares.</summary>
    internal float[] Weights { get; }

    /// <summary>(kinds, 64), grey levels squared.</summary>
    internal float[] Variances { get; }

    /// <summary>(left, right) kinds: likelihood over chance.</summary>
    internal float[] Across { get; }

    /// <summary>(upper, lower) kinds.</summary>
    internal float[] Down { get; }
}
