using System.Diagnostics;
using Vestige.Language;
using Vestige.Language.Transformer;
using Vestige.Language.Transformer.Inference;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Training;
using Vestige.Specs;

namespace Vestige.Benchmarks;

/// <summary>Training speed, learning and generation of the Transformer, to be run beside a peer: see <c>bench/train.sh</c>.</summary>
internal static class TrainBench
{
    // The shape and the settings of the peer: what a GPT of 2019 has.
    private static readonly GptOptions s_peer = new()
    {
        Layers = 4,
        Width = 256,
        Heads = 4,
        Context = 256,
        Normalization = Normalization.Layer,
        Positions = Positions.Learned,
        Activation = Activation.Gelu,
        Bias = true,
        Optimizer = OptimizerKind.AdamW,
        LearningRate = 1e-3,
        Ngram = 0,
        Batch = 16,
        Evaluations = 0,
    };

    /// <summary>Time of a training step at the peer's shape.</summary>
    internal static void Speed(string path, int threads, int steps)
    {
        GptOptions options = s_peer with { Threads = threads, Steps = steps + 3 };
        var trainer = new Trainer(options, new TrainingText([File.ReadAllBytes(path)]));
        var times = new StepTimes();
        trainer.Run(times, null, CancellationToken.None);
        double[] sorted = [.. times.Milliseconds.Skip(3).Order()];
        double bytes = 1000.0 * options.Batch * options.Context;
        Print($"vestige threads={threads} params={trainer.Weights.Table.Length} min {sorted[0]:F1} median {sorted[sorted.Length / 2]:F1} ms/step; "
            + $"best {bytes / sorted[0]:F0} median {bytes / sorted[sorted.Length / 2]:F0} tok/s; cpu min {times.Cpu.Skip(3).Min():F1} ms/step");
    }

    /// <summary>Trains with the defaults but for the settings among <paramref name="arguments"/>, and scores the held-out texts among them.</summary>
    internal static void Learn(string train, int threads, string[] arguments)
    {
        string[] settings = [.. arguments.Where(argument => argument.Contains('=', StringComparison.Ordinal))];
        Spec spec = Spec.Parse("transformer:" + string.Join(',', settings), [TransformerCompressor.Row]).Single();
        GptOptions options = TransformerOptions.Of(spec) with { Threads = threads };
        var trainer = new Trainer(options, new TrainingText([.. Read(train)]));
        var watch = Stopwatch.StartNew();
        TrainingOutcome outcome = trainer.Run(new Lines(), null, CancellationToken.None);
        double seconds = watch.Elapsed.TotalSeconds, cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        foreach (string heldout in arguments.Except(settings))
        {
            double bits = outcome.Model.BitsPerByte([.. Read(heldout)]);
            Print($"vestige {string.Join(',', settings)} params={outcome.Model.Table.Length} {outcome.Message} {seconds:F0} s, {cpu:F0} cpu-s, {heldout} heldout {bits:F4}");
        }
    }

    /// <summary>Bytes a second that a model of the peer's shape generates.</summary>
    internal static void Generate(int count, int length)
    {
        var trainer = new Trainer(s_peer with { Threads = 1, Steps = 1, Batch = 1 }, new TrainingText([new byte[1000]]));
        Gpt model = trainer.Run(null, null, CancellationToken.None).Model;
        for (int i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            double cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
            model.Sample(count, length, default, SamplingOptions.Plain, 1);
            Print($"vestige {count} texts of {length} bytes: {count * length / watch.Elapsed.TotalSeconds:F0} bytes/s, "
                + $"{count * length / (Environment.CpuUsage.TotalTime.TotalSeconds - cpu):F0} bytes/cpu-s");
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Read(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.txt").Order(StringComparer.Ordinal)] : [path];
        return files.Select(file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file));
    }

    private static void Print(string line) => Console.WriteLine(line);

    private sealed class StepTimes : IProgress<TrainingProgress>
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private double _last;
        private double _lastCpu;

        internal List<double> Milliseconds { get; } = [];

        internal List<double> Cpu { get; } = [];

        public void Report(TrainingProgress value)
        {
            double now = _watch.Elapsed.TotalMilliseconds, cpu = Environment.CpuUsage.TotalTime.TotalMilliseconds;
            Milliseconds.Add(now - _last);
            Cpu.Add(cpu - _lastCpu);
            (_last, _lastCpu) = (now, cpu);
        }
    }

    private sealed class Lines : IProgress<TrainingProgress>
    {
        private double? _last;

        public void Report(TrainingProgress value)
        {
            if (value.Validation == _last) return;
            _last = value.Validation;
            Console.Error.WriteLine($"step {value.Step} {value.Share:P0} train {value.Loss:F3} validation "
                + $"{value.Validation:F4} {value.BytesPerSecond:F0} bytes/s left {value.TimeLeft:mm\\:ss} cpu {Environment.CpuUsage.TotalTime.TotalSeconds:F0}");
        }
    }
}
