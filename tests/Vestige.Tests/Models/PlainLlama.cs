namespace Vestige.Tests.Models;

/// <summary>A forward pass of llama's shape in double precision, written from its description: the judge of what llama.cpp says.</summary>
internal static class PlainLlama
{
    /// <summary>Logits after each of the tokens.</summary>
    internal static double[][] Logits(TinyModel model, IReadOnlyList<int> tokens)
    {
        const int C = TinyModel.Width, heads = TinyModel.Heads, size = C / heads, shared = heads / TinyModel.KeyHeads;
        double[][] x = [.. tokens.Select(token => Row(model, "token_embd.weight", token))];
        for (int l = 0; l < TinyModel.Layers; l++)
        {
            string block = $"blk.{l}.";
            double[][] normal = [.. x.Select(row => Norm(model, block + "attn_norm.weight", row))];
            double[][] q = [.. normal.Select((row, t) => Turned(Times(model, block + "attn_q.weight", row), t, size))];
            double[][] k = [.. normal.Select((row, t) => Turned(Times(model, block + "attn_k.weight", row), t, size))];
            double[][] v = [.. normal.Select(row => Times(model, block + "attn_v.weight", row))];
            for (int t = 0; t < x.Length; t++)
            {
                double[] attended = new double[C];
                for (int h = 0; h < heads; h++)
                {
                    int at = h * size, kept = h / shared * size;
                    double[] scores = [.. Enumerable.Range(0, t + 1).Select(s => Enumerable.Range(0, size).Sum(i => q[t][at + i] * k[s][kept + i]) / Math.Sqrt(size))];
                    double[] weights = Softmax(scores);
                    for (int i = 0; i < size; i++) attended[at + i] = Enumerable.Range(0, t + 1).Sum(s => weights[s] * v[s][kept + i]);
                }
                double[] projected = Times(model, block + "attn_output.weight", attended);
                x[t] = [.. x[t].Select((value, i) => value + projected[i])];
            }
            for (int t = 0; t < x.Length; t++)
            {
                double[] row = Norm(model, block + "ffn_norm.weight", x[t]);
                double[] gate = Times(model, block + "ffn_gate.weight", row), up = Times(model, block + "ffn_up.weight", row);
                double[] down = Times(model, block + "ffn_down.weight", [.. gate.Select((g, i) => g / (1 + Math.Exp(-g)) * up[i])]);
                x[t] = [.. x[t].Select((value, i) => value + down[i])];
            }
        }
        return [.. x.Select(row => Times(model, "output.weight", Norm(model, "output_norm.weight", row)))];
    }

    internal static double[] Softmax(IReadOnlyList<double> logits)
    {
        double most = logits.Max(), sum = logits.Sum(logit => Math.Exp(logit - most));
        return [.. logits.Select(logit => Math.Exp(logit - most) / sum)];
    }

    private static double[] Row(TinyModel model, string name, int row) =>
        [.. model.Tensors[name].Elements.Skip(row * TinyModel.Width).Take(TinyModel.Width).Select(e => (double)e)];

    private static double[] Times(TinyModel model, string name, double[] x)
    {
        (float[] elements, int[] shape) = model.Tensors[name];
        return [.. Enumerable.Range(0, shape[1]).Select(row => Enumerable.Range(0, shape[0]).Sum(i => elements[(row * shape[0]) + i] * x[i]))];
    }

    private static double[] Norm(TinyModel model, string name, double[] x)
    {
        double scale = 1 / Math.Sqrt((x.Sum(value => value * value) / x.Length) + TinyModel.Epsilon);
        return [.. x.Select((value, i) => value * scale * model.Tensors[name].Elements[i])];
    }

    // Neighbours as pairs, as llama's files have them.
    private static double[] Turned(double[] x, int position, int size)
    {
        double[] turned = new double[x.Length];
        for (int i = 0; i < x.Length; i += 2)
        {
            double angle = position * Math.Pow(TinyModel.Base, -(double)(i % size) / size), cos = Math.Cos(angle), sin = Math.Sin(angle);
            (turned[i], turned[i + 1]) = ((x[i] * cos) - (x[i + 1] * sin), (x[i + 1] * cos) + (x[i] * sin));
        }
        return turned;
    }
}
