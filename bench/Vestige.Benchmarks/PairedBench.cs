using System.Globalization;
using Vestige.Images;
using Vestige.Images.Paired;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Paired.Ssimulacra;
using Vestige.Images.Planes;
using Vestige.Images.Sources;

namespace Vestige.Benchmarks;

/// <summary>Speed and memory of the paired measures on one thread.</summary>
internal static class PairedBench
{
    /// <summary>Processor time before anything counts: methods without loops are compiled a second time after 0.1 s.</summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Least processor time of a round: collections of garbage, every so many images, then weigh alike on all.</summary>
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(0.25);

    /// <summary>Megapixels a second of processor time, garbage collection included, decoding left out: the best and the median of some rounds.</summary>
    internal static void Run(string original, string reconstruction, int rounds)
    {
        Picture before = Read(original), after = Read(reconstruction);
        foreach ((string what, Func<double> work) in Measures(before, after))
        {
            int runs = 0;
            double value = 0;
            TimeSpan warm = Repeat(() => s_warmUp);
            int batch = (int)Math.Ceiling(s_round / (warm / runs));
            double[] speeds = new double[rounds];
            foreach (ref double speed in speeds.AsSpan())
            {
                runs = 0;
                TimeSpan spent = Repeat(() => runs < batch ? TimeSpan.MaxValue : default);
                speed = runs * before.Pixels / 1e6 / spent.TotalSeconds;
            }
            Array.Sort(speeds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what,-46} {speeds[^1],7:0.0} MP/s best, {speeds[rounds / 2],7:0.0} median   ({value:0.######})"));

            TimeSpan Repeat(Func<TimeSpan> least)
            {
                TimeSpan start = Environment.CpuUsage.TotalTime, spent = default;
                while (spent < least())
                {
                    value = work();
                    runs++;
                    spent = Environment.CpuUsage.TotalTime - start;
                }
                return spent;
            }
        }
    }

    /// <summary>Bytes a pixel that the process takes at most in each measure beyond what it took before, with both images decoded.</summary>
    /// <remarks>Resident memory, as Linux tells it. One run, the first: what a second one would find free counts.</remarks>
    internal static void Memory(string original, string reconstruction, string measure)
    {
        Picture before = Read(original), after = Read(reconstruction);
        (string what, Func<double> work) = Measures(before, after).Single(m => m.What == measure);
        GC.Collect(2, GCCollectionMode.Aggressive);
        // Takes what is resident now for the most that was.
        File.WriteAllText("/proc/self/clear_refs", "5");
        long start = Status("VmRSS");
        double value = work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-46} {before.Width}x{before.Height} {(Status("VmHWM") - start) / (double)before.Pixels,6:0.0} bytes a pixel   ({value:0.######})"));
    }

    private static long Status(string name) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);

    private static IEnumerable<(string What, Func<double> Work)> Measures(Picture before, Picture after)
    {
        var scored = new Lazy<Ssimulacra2>(() => new Ssimulacra2(before));
        var paired = new Lazy<PairedOriginal>(() => new PairedOriginal(before));
        var luma = new Lazy<(Plane Before, Plane After)>(() => (Luma.Of(before), Luma.Of(after)));
        yield return ("SSIMULACRA 2", () => Ssimulacra2.Score(before, after));
        yield return ("SSIMULACRA 2, original cached", () => scored.Value.Score(after));
        yield return ("lost and invented with maps, from luma", () => DetailComparison.Of(luma.Value.Before, luma.Value.After, map: true).Total.Lost);
        yield return ("lost and invented with maps, from pixels", () => DetailComparison.Of(Luma.Of(before), Luma.Of(after), map: true).Total.Lost);
        yield return ("luma of both", () => Luma.Of(before).Width + Luma.Of(after).Width);
        yield return ("shift", () => GlobalShift.Of(luma.Value.Before, luma.Value.After).X);
        yield return ("PSNR", () => Psnr.Of(before, after));
        yield return ("all, original cached", () => paired.Value.Compare(after).MeanSquaredError);
        yield return ("all, original cached, with the map's picture", () => paired.Value.Compare(after, map: true).Map(before)!.Rgb[0]);
    }

    private static Picture Read(string path) => PictureFile.Read(path).Picture;
}
