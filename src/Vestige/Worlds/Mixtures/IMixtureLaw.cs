using Vestige.Numerics;
using Vestige.Samples;

namespace Vestige.Worlds.Mixtures;

/// <summary>A distribution of clustered points: the world's <c>p</c> or an oracle's <c>q</c>.</summary>
internal interface IMixtureLaw
{
    /// <summary>The world whose modes it uses.</summary>
    Mixture World { get; }

    /// <summary>The component of one independent draw: a mode of the world, or <see cref="MixtureSampling.Copied"/>.</summary>
    int DrawComponent(ref Rng rng);

    /// <summary>An exact copy of a training point; only called for the component <see cref="MixtureSampling.Copied"/>.</summary>
    float[] DrawCopy(ref Rng rng) => throw new InvalidOperationException("This distribution copies nothing.");
}

/// <summary>Sampling from an <see cref="IMixtureLaw"/> without going through a source.</summary>
internal static class MixtureSampling
{
    /// <summary>The component that copies training points.</summary>
    public const int Copied = -1;

    /// <summary>Whole documents of at least <paramref name="units"/> points in all; the point at i is of document i / cluster.</summary>
    public static float[][] Draw(this IMixtureLaw law, int units, ulong seed)
    {
        Clusters clusters = law.World.Options.Clusters;
        int documents = clusters.DocumentsFor(units);
        float[][] points = new float[documents * clusters.Size][];
        var rng = new Rng(seed);
        for (int i = 0; i < documents; i++) law.DrawDocument(ref rng).CopyTo(points, i * clusters.Size);
        return points;
    }

    /// <summary>Draws one document.</summary>
    /// <remarks>The theme is a component and an offset. A point that follows it has that component, and the offset
    /// <c>sqrt(share) theme + sqrt(1 - share) own</c>, which is standard normal as every other offset is; or, where the component copies, a
    /// copy of its own. So each point alone has exactly the distribution.</remarks>
    public static float[][] DrawDocument(this IMixtureLaw law, ref Rng rng)
    {
        MixtureOptions options = law.World.Options;
        float[][] points = new float[options.Clusters.Size][];
        double stick = points.Length == 1 ? 0 : options.Clusters.Stick; // Alone, a point near the theme is as a fresh one.
        int theme = stick == 0 ? Copied : law.DrawComponent(ref rng);
        double[] common = new double[stick == 0 ? 0 : options.Dimensions];
        for (int i = 0; i < common.Length; i++) common[i] = Math.Sqrt(options.Share) * rng.NextNormal();
        double own = Math.Sqrt(1 - options.Share);

        for (int j = 0; j < points.Length; j++)
        {
            bool follows = rng.NextDouble() < stick;
            int component = follows ? theme : law.DrawComponent(ref rng);
            if (component == Copied)
            {
                points[j] = law.DrawCopy(ref rng);
                continue;
            }
            float[] point = new float[options.Dimensions];
            ReadOnlySpan<float> centre = law.World.Centre(component);
            for (int i = 0; i < point.Length; i++)
            {
                double offset = rng.NextNormal();
                point[i] = (float)(centre[i] + (follows ? common[i] + (own * offset) : offset));
            }
            points[j] = point;
        }
        return points;
    }

    /// <summary>The points as a sample: a unit is one point.</summary>
    public static PointSample ToSample(this IMixtureLaw law, IReadOnlyList<float[]> points)
    {
        MixtureOptions options = law.World.Options;
        var sample = new PointSample(options.Dimensions);
        for (int i = 0; i < points.Count; i++) sample.Add(i / options.Clusters.Size, points[i]);
        return sample;
    }
}
