using Vestige.Language.Transformer.Parameters;

namespace Vestige.Tests.Language.Transformer;

/// <summary>The plain twin of the model: scalar loops in double precision, forward only, written from the papers' formulas.</summary>
internal sealed class PlainGpt(GptOptions options)
{
    private readonly ParameterTable _table = new(options);

    private int C => options.Width;

    /// <summary>The loss in nats, summed over the targets of one window.</summary>
    internal double Loss(double[] w, ReadOnlySpan<short> symbols, ReadOnlySpan<short> targets)
    {
        double[][] logits = Logits(w, symbols);
        double loss = 0;
        for (int t = 0; t < symbols.Length; t++)
        {
            if (targets[t] == Alphabet.None) continue;
            double max = logits[t].Max();
            loss += Math.Log(logits[t].Sum(z => Math.Exp(z - max))) + max - logits[t][targets[t]];
        }

        return loss;
    }

    /// <summary>(T, 256).</summary>
    internal double[][] Logits(double[] w, ReadOnlySpan<short> symbols)
    {
        double[][] x = new double[symbols.Length][];
        for (int t = 0; t < symbols.Length; t++) x[t] = Embed(w, symbols, t);
        foreach (BlockTensors block in _table.Blocks)
        {
            double[][] branch = Attend(w, block, [.. x.Select(row => Norm(w, block.AttentionNorm, row))]);
            for (int t = 0; t < x.Length; t++) x[t] = Add(x[t], branch[t]);
            for (int t = 0; t < x.Length; t++) x[t] = Add(x[t], Feed(w, block, Norm(w, block.FeedNorm, x[t])));
        }

        Tensor head = _table.Head ?? _table.Embedding;
        return [.. x.Select(row => Linear(w, new LinearTensors(head, null), Norm(w, _table.FinalNorm, row))[..256])];
    }

    private double[] Embed(double[] w, ReadOnlySpan<short> symbols, int t)
    {
        double[] x = Row(w, _table.Embedding, symbols[t]);
        if (_table.Positions is not null) x = Add(x, Row(w, _table.Positions, t));
        for (int n = 2; n <= options.Ngram; n++)
        {
            ulong hash = (ulong)n;
            for (int i = t - n + 1; i <= t; i++)
            {
                hash = (hash ^ (ulong)(i < 0 ? 256 : symbols[i])) * 0x9e3779b97f4a7c15;
                hash ^= hash >> 32;
            }

            int row = (int)((UInt128)(hash * 0x9e3779b97f4a7c15) * (ulong)options.NgramRows >> 64);
            x = Add(x, Row(w, _table.Ngrams[n - 2], row));
        }

        return x;
    }

    private double[][] Attend(double[] w, BlockTensors block, double[][] x)
    {
        int H = options.Heads, D = C / H, T = x.Length;
        double[][] qkv = [.. x.Select(row => Linear(w, block.Qkv, row))];
        double[][] y = [.. x.Select(_ => new double[C])];
        for (int h = 0; h < H; h++)
        {
            double[][] q = [.. Enumerable.Range(0, T).Select(t => Place(qkv[t].AsSpan(h * D, D), t))];
            double[][] k = [.. Enumerable.Range(0, T).Select(t => Place(qkv[t].AsSpan(C + (h * D), D), t))];
            double factor = (block.Temperature is null ? 1 : Math.Exp(w[block.Temperature.Offset + h])) / Math.Sqrt(D);
            for (int t = 0; t < T; t++)
            {
                double[] score = [.. Enumerable.Range(0, t + 1).Select(j => factor * q[t].Zip(k[j], (a, b) => a * b).Sum())];
                double max = score.Max();
                double[] p = [.. score.Select(s => Math.Exp(s - max))];
                double sum = p.Sum();
                int value = (2 * C) + (h * D);
                for (int j = 0; j <= t; j++)
                {
                    for (int i = 0; i < D; i++) y[t][(h * D) + i] += p[j] / sum * qkv[j][value + i];
                }
            }
        }

        return [.. y.Select(row => Linear(w, block.Projection, row))];
    }

    // A query or key: normalized, then turned by its position.
    private double[] Place(ReadOnlySpan<double> head, int t)
    {
        double[] x = head.ToArray();
        if (options.QkNorm)
        {
            double scale = 1 / Math.Sqrt((x.Sum(v => v * v) / x.Length) + 1e-5);
            x = [.. x.Select(v => v * scale)];
        }

        if (options.Positions != Positions.Rotary) return x;
        int half = x.Length / 2;
        double[] turned = new double[x.Length];
        for (int i = 0; i < half; i++)
        {
            double angle = t * Math.Pow(10000, -2.0 * i / x.Length);
            turned[i] = (x[i] * Math.Cos(angle)) - (x[i + half] * Math.Sin(angle));
            turned[i + half] = (x[i + half] * Math.Cos(angle)) + (x[i] * Math.Sin(angle));
        }

        return turned;
    }

    private double[] Feed(double[] w, BlockTensors block, double[] x)
    {
        double[] u = Linear(w, block.Up, x);
        int F = block.Down.Weight.Shape[1];
        double[] a = options.Activation switch
        {
            Activation.Gelu => [.. u.Select(v => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + (0.044715 * v * v * v)))))],
            Activation.Relu2 => [.. u.Select(v => Math.Pow(Math.Max(v, 0), 2))],
            _ => [.. Enumerable.Range(0, F).Select(i => u[i] / (1 + Math.Exp(-u[i])) * u[F + i])],
        };
        return Linear(w, block.Down, a);
    }

    private double[] Norm(double[] w, NormTensors norm, double[] x)
    {
        double mean = options.Normalization == Normalization.Layer ? x.Average() : 0;
        double scale = 1 / Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + 1e-5);
        return [.. x.Select((v, i) => ((v - mean) * scale * w[norm.Gain.Offset + i]) + (norm.Bias is null ? 0 : w[norm.Bias.Offset + i]))];
    }

    private static double[] Linear(double[] w, LinearTensors linear, double[] x)
    {
        double[] y = new double[linear.Weight.Shape[0]];
        int at = linear.Weight.Offset;
        for (int o = 0; o < y.Length; o++)
        {
            double sum = linear.Bias is null ? 0 : w[linear.Bias.Offset + o];
            for (int i = 0; i < x.Length; i++) sum += w[at++] * x[i];
            y[o] = sum;
        }

        return y;
    }

    private static double[] Row(double[] w, Tensor tensor, int row) => w.AsSpan(tensor.Offset + (row * tensor.Shape[1]), tensor.Shape[1]).ToArray();

    private static double[] Add(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];
}
