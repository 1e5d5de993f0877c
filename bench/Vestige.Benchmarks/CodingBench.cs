using System.Diagnostics;
using System.Globalization;
using Vestige.Audits;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Paired;
using Vestige.Images.Sources;
using Vestige.Images.Views;
using Vestige.Specs;

namespace Vestige.Benchmarks;

/// <summary>The codec stage of an audit alone, with one thread and with two: every image read, looked at, put through every codec, looked at and compared.</summary>
internal static class CodingBench
{
    internal static void Run(string folder, int rounds, IReadOnlyList<string> compressors)
    {
        PictureFolder source = PictureFolder.Open(folder, PictureOptions.Default, null, default);
        ICompressor<Picture>[] made = [.. compressors.SelectMany(text => Spec.Parse(text, PictureCompressors.Rows))
            .Select(spec => ((CompressorRow<Picture>)spec.Row).Create(spec))];
        // Compiles what is called often, and fills the file cache.
        Seconds(2);
        double one = double.PositiveInfinity, two = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++)
        {
            one = Math.Min(one, Seconds(1));
            two = Math.Min(two, Seconds(2));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"coding {source.Documents.Count} images: {one:0.00} s with one thread, {two:0.00} s with two: {one / two:0.00} times (best of {rounds})"));

        double Seconds(int threads)
        {
            var settings = new AuditSettings { SourceName = folder, Command = "", Seed = 1, Units = DealOptions.MinDocuments, Threads = threads };
            var stage = new Stage();
            Split<Picture> split = Split.Deal(source, new DealOptions(settings.Units, settings.Seed));
            var request = new AuditRequest<Picture>(split, made, new Parrot<Picture>(LosslessReference.Bytes), PictureViews.All, settings)
            {
                Pairing = new PicturePairing(),
            };
            TimeSpan paused = GC.GetTotalPauseDuration(), used = Environment.CpuUsage.TotalTime;
            Audit.Run(request, stage, default);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"threads {threads}: {stage.Seconds:0.00} s; of the whole audit {(Environment.CpuUsage.TotalTime - used).TotalSeconds:0.00} s of "
                    + $"processor, {(GC.GetTotalPauseDuration() - paused).TotalSeconds:0.00} s paused to collect garbage"));
            return stage.Seconds;
        }
    }

    /// <summary>From the first report of the stage, before any work, to its last.</summary>
    private sealed class Stage : IProgress<WorkProgress>
    {
        private readonly Lock _lock = new();
        private readonly Stopwatch _watch = new();

        internal double Seconds { get; private set; }

        public void Report(WorkProgress value)
        {
            if (value.What != "coding images") return;
            lock (_lock)
            {
                _watch.Start();
                Seconds = _watch.Elapsed.TotalSeconds;
            }
        }
    }
}
