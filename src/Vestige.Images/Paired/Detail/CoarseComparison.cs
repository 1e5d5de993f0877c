using Vestige.Images.Planes;

namespace Vestige.Images.Paired.Detail;

/// <summary>Compares what the last level leaves, row after row: r = median(0, o, t) as in <see cref="LevelComparison"/>, with the weight of that level.</summary>
/// <param name="levels">Levels that came before.</param>
/// <param name="zero">The sample that counts as nothing.</param>
internal sealed class CoarseComparison(int levels, float zero)
{
    private readonly double _weight = Visibility.Straight(levels - 1);

    // Each pass of the low pass multiplies a constant by the square root of two, each level by two.
    private readonly double _gain = 1 << levels;

    private double _original, _decoded, _lost, _invented;
    private long _count;

    internal DetailSums Total => new(_weight * _original, _weight * _decoded, _weight * _lost, _weight * _invented, _weight * _lost, _weight * _invented,
        2 * _gain * _weight * _count);

    internal void Add((Plane Original, Plane Decoded) approximations, int y)
    {
        int width = approximations.Original.Width;
        ReadOnlySpan<float> before = approximations.Original.Row(y)[..width], after = approximations.Decoded.Row(y)[..width];
        for (int x = 0; x < before.Length; x++)
        {
            double o = before[x] - (_gain * zero), t = after[x] - (_gain * zero);
            double kept = Math.Max(Math.Min(o, t), Math.Min(Math.Max(o, t), 0));
            _original += Math.Abs(o);
            _decoded += Math.Abs(t);
            _lost += Math.Abs(o - kept);
            _invented += Math.Abs(t - kept);
        }
        _count += width;
    }
}
