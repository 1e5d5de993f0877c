namespace Vestige.Images.Planes;

/// <summary>One channel of an image in floats.</summary>
/// <remarks>Rows are padded to whole vectors of eight, with at least one sample more than the width, so that kernels have no tails; what
/// stands in the padding is finite and has no meaning.</remarks>
internal sealed class Plane
{
    /// <summary>Samples of a vector.</summary>
    internal const int Lanes = 8;

    private readonly int _rows;

    internal Plane(int width, int height)
        : this(width, height, height)
    {
    }

    /// <summary>A plane that is made and read from the top down, of which only the last rows stand in memory.</summary>
    /// <param name="width">Samples of a row.</param>
    /// <param name="height">Rows in all.</param>
    /// <param name="rows">How many stand in memory: each takes the place of the one so many above.</param>
    internal Plane(int width, int height, int rows)
    {
        Width = width;
        Height = height;
        Stride = StrideOf(width);
        _rows = Math.Min(height, rows);
        Samples = new float[checked(Stride * _rows)];
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Samples from one row to the next.</summary>
    internal int Stride { get; }

    /// <summary>(rows in memory, Stride).</summary>
    internal float[] Samples { get; }

    internal static int StrideOf(int width) => (width + Lanes) / Lanes * Lanes;

    /// <summary>A row with its padding.</summary>
    internal Span<float> Row(int y) => Samples.AsSpan(y % _rows * Stride, Stride);
}
