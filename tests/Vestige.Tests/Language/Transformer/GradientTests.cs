using Vestige.Language.Transformer.Layers;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Passes;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Transformer;

public sealed class GradientTests
{
    private static readonly GptOptions s_small = new()
    {
        Layers = 1,
        Width = 32,
        Heads = 2,
        Context = 9,
        Normalization = Normalization.Layer,
        Positions = Positions.Learned,
        Bias = true,
    };

    /// <summary>Each option alone, and all of the modern ones together.</summary>
    public static TheoryData<string> Options => [.. s_options.Keys];

    private static readonly Dictionary<string, GptOptions> s_options = new()
    {
        ["plain"] = s_small,
        ["without bias"] = s_small with { Bias = false },
        ["rms"] = s_small with { Normalization = Normalization.Rms },
        ["rotary"] = s_small with { Positions = Positions.Rotary },
        ["relu2"] = s_small with { Activation = Activation.Relu2 },
        ["swiglu"] = s_small with { Activation = Activation.SwiGlu },
        ["qknorm"] = s_small with { QkNorm = true },
        ["untied"] = s_small with { Tied = false },
        ["ngram"] = s_small with { Ngram = 4, NgramRows = 7 },
        ["three heads"] = s_small with { Width = 48, Heads = 3 },
        ["modern"] = s_small with
        {
            Layers = 2,
            Heads = 1,
            Normalization = Normalization.Rms,
            Positions = Positions.Rotary,
            Bias = false,
            QkNorm = true,
            Activation = Activation.SwiGlu,
            Ngram = 3,
            NgramRows = 9,
            Tied = false,
        },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Gradients_are_those_of_finite_differences_of_the_plain_twin(string name)
    {
        GptOptions options = s_options[name];
        const int Windows = 2;
        (GptWeights weights, short[] symbols, short[] targets) = Problem(options, Windows);
        var pass = new GptPass(weights, Windows);
        pass.Forward(symbols, options.Context, DropoutMasks.None);
        double loss = pass.Loss(targets, 1);
        float[] gradient = new float[weights.Table.Length];
        pass.Backward(gradient, symbols, DropoutMasks.None);

        var twin = new PlainGpt(options);
        double[] w = [.. weights.Values.ToArray().Select(v => (double)v)];
        // Single precision, some hundred roundings in a row.
        Assert.Equal(TwinLoss(w), loss, 1e-5 * loss);

        var rng = new Rng(5);
        foreach (Tensor tensor in weights.Table.Tensors)
        {
            // Along random directions in the whole tensor, so that every element counts.
            for (int direction = 0; direction < 2; direction++)
            {
                double[] d = [.. Enumerable.Range(0, tensor.Length).Select(_ => rng.NextNormal())];
                double along = 0, square = 0;
                for (int i = 0; i < tensor.Length; i++)
                {
                    along += d[i] * gradient[tensor.Offset + i];
                    square += Math.Pow(gradient[tensor.Offset + i], 2);
                }

                Assert.True(square > 0, $"{tensor.Name} has no gradient.");
                const double H = 1e-5;
                double slope = (TwinLoss(Moved(H)) - TwinLoss(Moved(-H))) / (2 * H);
                // The difference quotient errs by some 1e-7 of the gradient's length (H² of the third derivative, 1e-16 / H of the
                // loss), the gradient by single precision's 6e-8 times the root of some thousand roundings, also of terms of
                // order one that cancel.
                Assert.True(Math.Abs(slope - along) < (1e-5 * Math.Sqrt(square)) + 2e-6, $"{tensor.Name}: {slope}, not {along} (length {Math.Sqrt(square)}).");

                double[] Moved(double step)
                {
                    double[] moved = [.. w];
                    for (int i = 0; i < d.Length; i++) moved[tensor.Offset + i] += step * d[i];
                    return moved;
                }
            }
        }

        double TwinLoss(double[] parameters)
        {
            int T = options.Context;
            return Enumerable.Range(0, Windows).Sum(b => twin.Loss(parameters, symbols.AsSpan(b * T, T), targets.AsSpan(b * T, T)));
        }
    }

    [Fact]
    public void Backward_pass_drops_what_the_forward_pass_dropped()
    {
        (GptWeights weights, short[] symbols, short[] targets) = Problem(s_small with { Layers = 2 }, windows: 2);
        var masks = new DropoutMasks(0.3, 77);
        var pass = new GptPass(weights, windows: 2);
        double whole = Loss(DropoutMasks.None), loss = Loss(masks);
        Assert.True(Math.Abs(whole - loss) > 1);
        float[] gradient = new float[weights.Table.Length];
        pass.Backward(gradient, symbols, masks);

        // Down the gradient, by a step that changes the loss by some 0.1 of 150: single precision tells that to 1e-3 of it, and
        // the central difference errs by less. A mask that did not match would change the slope by a third.
        double square = gradient.Sum(g => (double)g * g);
        float step = (float)(0.05 / square);
        float[] start = weights.Values.ToArray();
        double slope = (Moved(step) - Moved(-step)) / (2 * step);
        Assert.Equal(square, slope, 0.01 * square);

        double Loss(DropoutMasks dropped)
        {
            pass.Forward(symbols, s_small.Context, dropped);
            return pass.Loss(targets, 1);
        }

        double Moved(float by)
        {
            for (int i = 0; i < start.Length; i++) weights.Values.Span[i] = start[i] + (by * gradient[i]);
            weights.Pack(threads: 1);
            return Loss(masks);
        }
    }

    private static (GptWeights Weights, short[] Symbols, short[] Targets) Problem(GptOptions options, int windows)
    {
        var rng = new Rng(3);
        var weights = new GptWeights(options, training: true);
        foreach (Tensor tensor in weights.Table.Tensors)
        {
            // Large enough for scores and gates to leave their linear range.
            foreach (ref float v in tensor.In(weights.Values.Span)) v = (float)((0.3 * rng.NextNormal()) + (tensor.Name.EndsWith("gain", StringComparison.Ordinal) ? 1 : 0));
        }

        weights.Pack(threads: 1);
        short[] symbols = new short[windows * options.Context], targets = new short[symbols.Length];
        for (int i = 0; i < symbols.Length; i++) (symbols[i], targets[i]) = ((short)rng.NextInt(5), (short)rng.NextInt(256));
        symbols[0] = symbols[options.Context] = Alphabet.Unknown;
        targets[^1] = Alphabet.None;
        return (weights, symbols, targets);
    }
}
