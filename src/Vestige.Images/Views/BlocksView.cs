using Vestige.Numerics;
using Vestige.Views;

namespace Vestige.Images.Views;

/// <summary>The view <c>blocks</c>: an image is the set of its quantized 8 x 8 luma blocks (<see cref="BlockQuantizer"/>).</summary>
/// <remarks>An atom is a 64-bit hash of the 64 coefficients. An image under 8 pixels wide or high has no atoms. Simplified blocks are
/// found everywhere, so that a codec that simplifies seems to invent nothing: no three-way split is to be made in this view.</remarks>
internal sealed class BlocksView : IAtomView<Picture>
{
    /// <inheritdoc/>
    /// <remarks>Blocks simplified by a codec are found everywhere, which would turn the account of q upside down.</remarks>
    public bool Splits => false;

    /// <inheritdoc/>
    public string Name => "blocks";

    /// <inheritdoc/>
    public string Description => $"8x8 luma blocks, their frequencies quantized with step {BlockQuantizer.Step}";

    /// <inheritdoc/>
    public string Element => "block";

    /// <inheritdoc/>
    public void Atoms(Picture item, HashSet<ulong> into)
    {
        Span<short> coefficients = stackalloc short[BlockQuantizer.Area];
        for (int row = 0; row < BlockQuantizer.Rows(item); row++)
            for (int column = 0; column < BlockQuantizer.Columns(item); column++)
            {
                BlockQuantizer.Quantize(item, column, row, coefficients);
                into.Add(Hash(coefficients));
            }
    }

    /// <summary>A hash that is the same on every machine: four coefficients at a time, the first in the lowest bits.</summary>
    private static ulong Hash(ReadOnlySpan<short> coefficients)
    {
        ulong hash = 0;
        for (int i = 0; i < coefficients.Length; i += 4)
        {
            ulong four = (ushort)coefficients[i] | ((ulong)(ushort)coefficients[i + 1] << 16)
                | ((ulong)(ushort)coefficients[i + 2] << 32) | ((ulong)(ushort)coefficients[i + 3] << 48);
            hash = Rng.Mix(hash, four);
        }
        return hash;
    }
}
