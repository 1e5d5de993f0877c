namespace Vestige.Images.Paired;

/// <summary>One channel of an image in floats.</summary>
/// <remarks>Rows are padded to whole vectors of eight, with at least one sample more than the width, so that kernels have no tails; what
/// stands in the padding is finite and has no meaning.</remarks>
internal sealed class Plane
{
    /// <summary>Samples of a vector.</summary>
    internal const int Lanes = 8;

    internal Plane(int width, int height)
    {
        Width = width;
        Height = height;
        Stride = StrideOf(width);
        Samples = new float[checked(Stride * height)];
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Samples from one row to the next.</summary>
    internal int Stride { get; }

    /// <summary>(Height, Stride).</summary>
    internal float[] Samples { get; }

    internal static int StrideOf(int width) => (width + Lanes) / Lanes * Lanes;

    /// <summary>A row with its padding.</summary>
    internal Span<float> Row(int y) => Samples.AsSpan(y * Stride, Stride);
}
