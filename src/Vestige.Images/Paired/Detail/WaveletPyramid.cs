namespace Vestige.Images.Paired.Detail;

/// <summary>The details of one plane at four levels, each half the one before: 4 bytes a pixel.</summary>
internal sealed class WaveletPyramid
{
    /// <summary>Levels.</summary>
    internal const int Levels = 4;

    private WaveletPyramid(Plane[][] bands) => Bands = bands;

    /// <summary>For each level, the finest first, the bands of horizontal, vertical and diagonal edges.</summary>
    internal Plane[][] Bands { get; }

    internal static WaveletPyramid Of(Plane plane)
    {
        var bands = new Plane[Levels][];
        foreach (ref Plane[] level in bands.AsSpan())
        {
            int width = (plane.Width + 1) / 2, height = (plane.Height + 1) / 2;
            var approximation = new Plane(width, height);
            level = [new Plane(width, height), new Plane(width, height), new Plane(width, height)];
            Wavelet.Step(plane, approximation, level[0], level[1], level[2]);
            plane = approximation;
        }
        return new WaveletPyramid(bands);
    }
}
