using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Imagining.Blocks;
using Vestige.Images.Jpeg;
using Vestige.Images.Planes;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining;

/// <summary>The cells in which a component of a JPEG holds its coefficients: (q - 1/2) step to (q + 1/2) step each.</summary>
/// <remarks>So encoders round that do as libjpeg does. Those that choose coefficients for their price (trellis quantization) leave originals outside.</remarks>
internal sealed class JpegCells(JpegComponent component, CellTable.Set tables) : BlockCells(component.Width, component.Height)
{
    /// <summary>The cell of a coefficient is narrower by this share at either end, so that sums in single precision cannot leave it.</summary>
    private const float Margin = 0.01f;

    /// <summary>Grey levels by which an encoder's transform in integers may be off: rounded to a quarter after the first direction, it is off by .08, and hardly
    /// ever by five times that.</summary>
    private const float EncoderError = 0.4f;

    /// <summary>Magnitudes whose tables are at hand without a search: nearly all.</summary>
    private const int Near = 32;

    private readonly CellTable?[] _near = new CellTable[Near * BlockTransform.Area];
    private readonly int[] _steps = [.. component.Steps];

    /// <inheritdoc/>
    internal override float Step => component.Steps.Skip(1).Order().ElementAt((BlockTransform.Area - 1) / 2);

    /// <inheritdoc/>
    internal override void Score(int block, Span<float> logs)
    {
        ReadOnlySpan<short> quantized = component.Block(block % Columns, block / Columns);
        for (int k = 1; k < BlockTransform.Area; k++)
            KindSums.Add(Table(k, quantized[k]).LogMass, logs);
    }

    /// <inheritdoc/>
    internal override double Mean(int block, ReadOnlySpan<float> shares, Span<float> coefficients)
    {
        ReadOnlySpan<short> quantized = component.Block(block % Columns, block / Columns);
        coefficients[0] = quantized[0] * _steps[0];
        double open = 0;
        for (int k = 1; k < BlockTransform.Area; k++)
        {
            CellTable table = Table(k, quantized[k]);
            double mean = 0, square = 0;
            for (int c = 0; c < shares.Length; c++)
            {
                if (shares[c] == 0) continue;
                mean += (double)shares[c] * table.Mean[c];
                square += (double)shares[c] * table.Square[c];
            }
            coefficients[k] = (float)(quantized[k] < 0 ? -mean : mean);
            open += square - (mean * mean);
        }
        return open;
    }

    /// <inheritdoc/>
    internal override void Draw(int block, int kind, ref NormalTable random, Span<float> coefficients)
    {
        ReadOnlySpan<short> quantized = component.Block(block % Columns, block / Columns);
        coefficients[0] = quantized[0] * _steps[0];
        for (int k = 1; k < BlockTransform.Area; k++)
        {
            float drawn = Table(k, quantized[k]).Draw(kind, ref random);
            bool negative = quantized[k] == 0 ? random.NextDouble() < 0.5 : quantized[k] < 0;
            coefficients[k] = negative ? -drawn : drawn;
        }
    }

    /// <inheritdoc/>
    internal override void Project(Plane plane)
    {
        Span<V> block = stackalloc V[64], middle = stackalloc V[64];
        for (int row = 0; row < Rows; row++)
            for (int column = 0; column < Columns; column += BlockBatch.Lanes)
            {
                BlockBatch.Load(plane, column * 8, row * 8, block);
                BlockTransform.Forward(block);
                Middle(column, row, middle);
                for (int k = 0; k < BlockTransform.Area; k++)
                {
                    V half = Vector256.Create(_steps[k] * (0.5f - Margin));
                    block[k] = Vector256.Min(Vector256.Max(block[k], middle[k] - half), middle[k] + half);
                }
                BlockTransform.Inverse(block);
                BlockBatch.Fold(plane, column * 8, row * 8, block);
                BlockBatch.Store(plane, column * 8, row * 8, block);
            }
    }

    /// <summary>How far a batch of samples is outside its cells, as samples to be added to it.</summary>
    /// <param name="column">Of the first block.</param>
    /// <param name="row">Of the blocks.</param>
    /// <param name="block">Samples in; what is to be added out.</param>
    /// <param name="inner">Grey levels that are left free at either end of a cell.</param>
    /// <param name="most">Share of the cell's width that is left free at most, 0 to 1/2.</param>
    /// <returns>Coefficients outside their cells.</returns>
    internal int Excess(int column, int row, Span<V> block, float inner, float most)
    {
        Span<V> middle = stackalloc V[64];
        BlockTransform.Forward(block);
        Middle(column, row, middle);
        int outside = 0;
        V real = Vector256.LessThan(Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7), Vector256.Create((float)(Columns - column)));
        for (int k = 0; k < BlockTransform.Area; k++)
        {
            V half = Vector256.Create(_steps[k] * 0.5f), less = half - Vector256.Create(Math.Min(inner, _steps[k] * most));
            V off = Vector256.GreaterThan(Vector256.Abs(block[k] - middle[k]), half - Vector256.Create(Unsure(k))) & real;
            outside += System.Numerics.BitOperations.PopCount(off.ExtractMostSignificantBits());
            block[k] = Vector256.Min(Vector256.Max(block[k], middle[k] - less), middle[k] + less) - block[k];
        }
        BlockTransform.Inverse(block);
        return outside;
    }

    /// <summary>Middles of a block's cells, and how far from them an encoder still rounds to the file's coefficients.</summary>
    internal void Limits(int column, int row, Span<double> middle, Span<double> half)
    {
        ReadOnlySpan<short> quantized = component.Block(column, row);
        for (int k = 0; k < BlockTransform.Area; k++) (middle[k], half[k]) = (quantized[k] * _steps[k], (_steps[k] * 0.5f) - Unsure(k));
    }

    private float Unsure(int k) => Math.Min(EncoderError, _steps[k] * 0.1f);

    private CellTable Table(int frequency, short quantized)
    {
        int magnitude = Math.Abs((int)quantized);
        return magnitude >= Near ? tables.Of(frequency, _steps[frequency], magnitude)
            : _near[(magnitude * BlockTransform.Area) + frequency] ??= tables.Of(frequency, _steps[frequency], magnitude);
    }

    private void Middle(int column, int row, Span<V> block)
    {
        Span<float> to = MemoryMarshal.Cast<V, float>(block);
        for (int lane = 0; lane < BlockBatch.Lanes; lane++)
        {
            ReadOnlySpan<short> from = component.Block(Math.Min(column + lane, Columns - 1), row);
            for (int k = 0; k < BlockTransform.Area; k++) to[(k * BlockBatch.Lanes) + lane] = from[k] * _steps[k];
        }
    }
}
