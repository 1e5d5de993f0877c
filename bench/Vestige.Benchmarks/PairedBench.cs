using System.Globalization;
using Vestige.Images;
using Vestige.Images.Paired;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Paired.Ssimulacra;
using Vestige.Images.Sources;

namespace Vestige.Benchmarks;

/// <summary>Speed of the paired measures on one thread, in megapixels a second of its own processor time: the best and the median of some rounds.</summary>
internal static class PairedBench
{
    /// <summary>Runs them on an image against its reconstruction, both files.</summary>
    internal static void Run(string original, string reconstruction, int rounds)
    {
        Picture before = Read(original), after = Read(reconstruction);
        var scored = new Ssimulacra2(before);
        Plane lumaBefore = Luma.Of(before), lumaAfter = Luma.Of(after);
        WaveletPyramid details = WaveletPyramid.Of(lumaBefore);
        var paired = new PairedOriginal(before);
        Time("SSIMULACRA 2", () => Ssimulacra2.Score(before, after));
        Time("SSIMULACRA 2, original cached", () => scored.Score(after));
        Time("lost and invented with maps, from luma", () => Details(WaveletPyramid.Of(lumaBefore)));
        Time("lost and invented with maps, original cached", () => Details(details));
        Time("luma of both", () => Luma.Of(before).Width + Luma.Of(after).Width);
        Time("shift", () => GlobalShift.Of(lumaBefore, lumaAfter).X);
        Time("PSNR", () => Psnr.Of(before, after));
        Time("all, original cached", () => paired.Compare(after).MeanSquaredError);

        double Details(WaveletPyramid of) =>
            DetailComparison.Of(before.Width, before.Height, of, WaveletPyramid.Of(lumaAfter), map: true).Total.Lost;

        void Time(string what, Func<double> work)
        {
            work();
            double[] seconds = new double[rounds];
            double value = 0;
            for (int i = 0; i < rounds; i++)
            {
                TimeSpan start = Environment.CpuUsage.TotalTime;
                value = work();
                seconds[i] = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            }
            Array.Sort(seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what,-46} {before.Pixels / 1e6 / seconds[0],7:0.0} MP/s best, {before.Pixels / 1e6 / seconds[rounds / 2],7:0.0} median   ({value:0.######})"));
        }
    }

    private static Picture Read(string path) => PictureFolder.Open(path, PictureOptions.Default, null, default).Read(0)[0];
}
