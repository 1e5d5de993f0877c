using Vestige.Estimators.Points;
using Vestige.Images;
using Vestige.Images.Views;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Samples;
using Vestige.Views;

namespace Vestige.Tests.Images.Views;

/// <summary>The ledger of whole images, whose true shares are known: photographs of days and, a third of them, of nights.</summary>
public sealed class SceneLedgerTests
{
    private const int Images = 100;

    private static readonly Dictionary<string, float[][]> s_pools = new()
    {
        ["T"] = Points("T"),
        ["H"] = Points("H"),
        ["A"] = Points("A"),
        ["fresh"] = Points("fresh"),
    };

    private static readonly PointReferences s_ground = new(Sample(s_pools["T"]), Sample(s_pools["H"]), Sample(s_pools["A"]), threads: 1, scaled: true);

    [Fact]
    public void Who_never_gives_the_darkest_third_loses_about_a_third_and_makes_nothing_up()
    {
        Ledger ledger = Audit(Points("days", onlyDays: true));
        Assert.True(ledger.Lost.Low > 0, $"{ledger.Lost.Value} [{ledger.Lost.Low} {ledger.Lost.High}]");
        // H holds a third of nights within the binomial deviation of 100 images, .047.
        Assert.InRange(ledger.Lost.Value!.Value, 0.33 - 0.14, 0.33 + 0.14);
        Assert.True(ledger.Hallucinated.Low <= 0);
    }

    [Fact]
    public void Fresh_images_lose_and_make_up_nothing_in_the_mean_over_deals()
    {
        // Of the same pool dealt twelve times; exchanging A and G turns every sign over, so the mean is 0.
        float[][] pool = [.. s_pools.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => p.Value)];
        var lost = new List<double>();
        var madeUp = new List<double>();
        var memorized = new List<double>();
        int excluded = 0;
        for (ulong deal = 0; deal < 12; deal++)
        {
            var rng = new Rng(Rng.Mix(deal, "deal"));
            rng.Shuffle<float[]>(pool);
            PointSample[] samples = [.. Enumerable.Range(0, 4).Select(i => Sample(pool[(i * Images)..((i + 1) * Images)]))];
            Ledger ledger = new PointReferences(samples[0], samples[1], samples[2], 1, scaled: true).Audit(samples[3], false, new PointLedger.Plan("scene", "scene", 1));
            lost.Add(ledger.Lost.Value!.Value);
            madeUp.Add(ledger.Hallucinated.Value!.Value);
            memorized.Add(ledger.Memorized.Value!.Value);
            excluded += ledger.Lost.Low > 0 || ledger.Lost.High < 0 ? 1 : 0;
        }
        foreach (List<double> figures in new[] { lost, madeUp, memorized })
        {
            double mean = figures.Average(), error = Math.Sqrt(figures.Sum(x => (x - mean) * (x - mean)) / (figures.Count - 1) / figures.Count);
            Assert.InRange(mean, -3.5 * error, 3.5 * error);
        }
        // More than three of twelve at 5 % is a chance of one in 440.
        Assert.InRange(excluded, 0, 3);
    }

    [Fact]
    public void The_training_images_given_back_are_memorized_and_without_loss_exactly()
    {
        Ledger sample = Audit(s_pools["T"]);
        Assert.True(sample.Memorized.High >= 1 && sample.Memorized.Value > 0.9, $"{sample.Memorized.Value}");
        Assert.True(sample.Hallucinated.Low <= 0);
        Ledger codec = s_ground.Audit(Sample(s_pools["T"]), true, new PointLedger.Plan("scene", "scene", 1));
        Assert.Equal((0.0, 1.0, 0.0), (codec.Lost.Value!.Value, codec.Memorized.Value!.Value, codec.Hallucinated.Value!.Value));
    }

    [Fact]
    public void Noise_is_made_up_by_its_share_and_one_image_repeated_is_not_measurable()
    {
        float[] noise = Point(Drawn.Noise(48, 32, 1));
        Ledger fifth = Audit([.. s_pools["fresh"].Select((x, i) => i % 5 == 0 ? [.. noise.Select(v => v + (i * 0.001f))] : x)]);
        // Within three binomial deviations of a sample of 100: .04 each.
        Assert.InRange(fifth.Hallucinated.Value!.Value, 0.2 - 0.12, 0.2 + 0.12);
        Ledger repeated = Audit([.. Enumerable.Repeat(s_pools["T"][0], Images)]);
        Assert.False(repeated.Lost.IsMeasured);
        Assert.Contains("alike", repeated.Lost.Why, StringComparison.Ordinal);
    }

    private static Ledger Audit(float[][] generated) => s_ground.Audit(Sample(generated), false, new PointLedger.Plan("scene", "scene", 1));

    private static float[][] Points(string sample, bool onlyDays = false)
    {
        float[][] points = new float[Images][];
        var rng = new Rng(Rng.Mix(5, sample));
        for (int i = 0; i < Images; i++) points[i] = Point(Photograph(ref rng, onlyDays || rng.NextInt(3) > 0));
        return points;
    }

    /// <summary>A bright sky over a textured ground, under one light: of day, or a quarter of it.</summary>
    private static Picture Photograph(ref Rng rng, bool day)
    {
        double light = day ? 150 + (25 * rng.NextNormal()) : 40 + (8 * rng.NextNormal()), horizon = 8 + (16 * rng.NextDouble());
        double warm = 12 * rng.NextNormal(), roughness = 4 + (12 * rng.NextDouble()), phase = 6 * rng.NextDouble();
        double[] grain = new double[48 * 32];
        foreach (ref double value in grain.AsSpan()) value = rng.NextNormal();
        return Drawn.Colour(48, 32, (x, y, c) =>
        {
            bool sky = y < horizon + (3 * Math.Sin((x / 9.0) + phase));
            double cast = c switch { 0 => warm, 2 => -warm, _ => 0 };
            return ((light + cast) * (sky ? 1.15 : 0.8)) + ((sky ? 2 : roughness) * light / 150 * grain[(y * 48) + x]);
        });
    }

    private static PointSample Sample(float[][] points)
    {
        var sample = new PointSample(SceneFeatures.Count);
        foreach (float[] point in points) sample.Add(sample.Documents, point);
        return sample;
    }

    private static float[] Point(Picture picture)
    {
        var into = new List<float>();
        ((IPointView<Picture>)PictureViews.All.Single(view => view.Name == "scene")).Points(picture, into);
        return [.. into];
    }
}
