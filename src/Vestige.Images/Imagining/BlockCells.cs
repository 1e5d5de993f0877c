using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Planes;

namespace Vestige.Images.Imagining;

/// <summary>What a file says of a plane: in which cell each block of 8 x 8 samples lies. Blocks are numbered row by row.</summary>
/// <remarks>Coefficients are those of the orthonormal DCT of samples less 128, in rows of frequencies. The prior says nothing of the first, the block's mean:
/// it is the file's to give, and the implementation's to set. A kind is a component of the prior's mixture for the plane (<see cref="PriorTables"/>).
/// <c>JpegCells</c> are the cells of a quantizer of one step a frequency; <c>BoxCells</c> those of means.</remarks>
internal abstract class BlockCells(int width, int height)
{
    /// <summary>Samples of a row.</summary>
    internal int Width => width;

    /// <summary>Rows.</summary>
    internal int Height => height;

    /// <summary>Blocks of a row; the last may hang over the edge.</summary>
    internal int Columns => (width + 7) / 8;

    /// <summary>Rows of blocks.</summary>
    internal int Rows => (height + 7) / 8;

    /// <summary>How wide a typical cell is, in grey levels: the median of the steps of all frequencies but the first; infinite where they are not given one by one.</summary>
    internal virtual float Step => float.PositiveInfinity;

    /// <summary>Adds the log of each kind's probability of the block's cell.</summary>
    internal abstract void Score(int block, Span<float> logs);

    /// <summary>The mean of the block given its cell.</summary>
    /// <param name="block">Which.</param>
    /// <param name="shares">(kinds) how far it is of which kind; they add up to 1.</param>
    /// <param name="coefficients">(64) out.</param>
    /// <returns>What the cell leaves open: the coefficients' variances, summed.</returns>
    internal abstract double Mean(int block, ReadOnlySpan<float> shares, Span<float> coefficients);

    /// <summary>A draw of the block given its cell and kind.</summary>
    internal abstract void Draw(int block, int kind, ref NormalTable random, Span<float> coefficients);

    /// <summary>Moves a plane into the cells.</summary>
    internal abstract void Project(Plane plane);
}
