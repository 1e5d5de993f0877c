using System.Text.Json;
using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Training;

namespace Vestige.Tests.Language.Transformer;

/// <summary>
/// Twelve steps of training against PyTorch's, which <c>Golden/loss_trace.py</c> ran in double precision from the same weights
/// and text.
/// </summary>
public sealed class LossTraceTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("modern")]
    [InlineData("all")]
    public void Losses_are_those_of_an_independent_implementation(string name)
    {
        using Stream stream = typeof(LossTraceTests).Assembly.GetManifestResourceStream("loss_trace.json")!;
        using JsonDocument golden = JsonDocument.Parse(stream);
        JsonElement settings = golden.RootElement.GetProperty(name);
        double[] losses = [.. settings.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
        const int Batch = 3, Context = 24;
        var options = new GptOptions
        {
            Layers = settings.GetProperty("layers").GetInt32(),
            Width = settings.GetProperty("width").GetInt32(),
            Heads = settings.GetProperty("heads").GetInt32(),
            Context = Context,
            Normalization = Enum.Parse<Normalization>(settings.GetProperty("norm").GetString()!, ignoreCase: true),
            Positions = Enum.Parse<Positions>(settings.GetProperty("positions").GetString()!, ignoreCase: true),
            Activation = Enum.Parse<Activation>(settings.GetProperty("activation").GetString()!, ignoreCase: true),
            Bias = settings.GetProperty("bias").GetBoolean(),
            Tied = settings.GetProperty("tied").GetBoolean(),
            QkNorm = settings.GetProperty("qk_norm").GetBoolean(),
            Ngram = settings.GetProperty("ngram").GetInt32(),
            NgramRows = Math.Max(1, settings.GetProperty("ngram_rows").GetInt32()),
            Optimizer = Enum.Parse<OptimizerKind>(settings.GetProperty("optimizer").GetString()!, ignoreCase: true),
            LearningRate = settings.GetProperty("lr").GetDouble(),
            Decay = settings.GetProperty("decay").GetDouble(),
            Clip = settings.GetProperty("clip").GetDouble(),
            Batch = Batch,
            Threads = 2,
            WarmUp = 0.25,
            CoolDown = 0.5,
            FinalRate = 0.1,
        };
        var weights = new GptWeights(options, training: true);
        var lcg = new Lcg(1);
        foreach (Tensor tensor in weights.Table.Tensors)
        {
            bool gain = tensor.Name.EndsWith("gain", StringComparison.Ordinal);
            foreach (ref float w in tensor.In(weights.Values.Span)) w = (float)((0.2 * ((lcg.Next() / (double)(1 << 24)) - 0.5)) + (gain ? 1 : 0));
        }

        var batch = new BatchPass(weights);
        var optimizer = new Optimizer(weights);
        lcg = new Lcg(2);
        short[] symbols = new short[Batch * Context], targets = new short[symbols.Length];
        for (int step = 1; step <= losses.Length; step++)
        {
            for (int i = 0; i < targets.Length; i++) targets[i] = (short)(97 + (lcg.Next() * 7 / (1 << 24)));
            for (int i = 0; i < symbols.Length; i++) symbols[i] = i % Context == 0 ? Alphabet.Unknown : targets[i - 1];
            weights.Pack(threads: 2);
            (double loss, double norm) = batch.Learn(symbols, targets, 0);
            // The first loss differs by single precision's rounding alone; each step may double the difference, as training
            // amplifies small ones. Found: at most 2e-7, and 2e-5 in the end.
            Assert.Equal(losses[step - 1], loss, 5e-7 * Math.Pow(2, step - 1));
            optimizer.Update(batch.Gradient, norm > options.Clip ? (float)(options.Clip / norm) : 1, Schedule.Rate(options, step / (double)losses.Length), step);
        }
    }

    private sealed class Lcg(ulong state)
    {
        internal int Next() => (int)((state = (state * 6364136223846793005) + 1442695040888963407) >> 40);
    }
}
