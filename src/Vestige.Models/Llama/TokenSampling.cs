using Vestige.Language;

namespace Vestige.Models.Llama;

/// <summary>How the next token is drawn from what a model says of it.</summary>
/// <param name="options">The options, of which <c>top_k</c> and <c>top_p</c> are over tokens.</param>
internal sealed class TokenSampling(SamplingOptions options)
{
    private (float Logit, int Token)[] _order = [];

    internal SamplingOptions Options => options;

    /// <summary>Changes a model's logits into those that tokens are drawn by: what is never drawn has negative infinity.</summary>
    /// <param name="logits">In and out.</param>
    internal void Apply(Span<float> logits)
    {
        if (options == SamplingOptions.Plain) return;
        if (options.Temperature == 0)
        {
            int best = MostProbable(logits);
            logits.Fill(float.NegativeInfinity);
            logits[best] = 0;
            return;
        }
        if (options.Temperature != 1)
            foreach (ref float logit in logits) logit = (float)(logit / options.Temperature);
        if (options.TopK > 0 || options.TopP < 1) Truncate(logits);
    }

    /// <summary>The most probable token, the lowest of equals.</summary>
    internal static int MostProbable(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
            if (logits[i] > logits[best]) best = i;
        return best;
    }

    /// <summary>The token at a place in the distribution.</summary>
    /// <param name="logits">Logits.</param>
    /// <param name="place">[0, 1).</param>
    internal static int Draw(ReadOnlySpan<float> logits, double place)
    {
        float most = logits[MostProbable(logits)];
        double sum = 0;
        foreach (float logit in logits) sum += Math.Exp(logit - most);
        double left = place * sum;
        int last = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (float.IsNegativeInfinity(logits[i])) continue;
            last = i;
            left -= Math.Exp(logits[i] - most);
            if (left < 0) break;
        }
        return last;
    }

    private void Truncate(Span<float> logits)
    {
        if (_order.Length != logits.Length) _order = new (float, int)[logits.Length];
        for (int i = 0; i < logits.Length; i++) _order[i] = (logits[i], i);
        Array.Sort(_order, (a, b) => a.Logit != b.Logit ? b.Logit.CompareTo(a.Logit) : a.Token.CompareTo(b.Token));
        int most = options.TopK > 0 ? Math.Min(options.TopK, _order.Length) : _order.Length;
        double all = 0, kept = 0;
        foreach ((float logit, _) in _order.AsSpan(0, most)) all += Math.Exp(logit - _order[0].Logit);
        int count = 0;
        while (count < most && (count == 0 || kept < options.TopP * all)) kept += Math.Exp(_order[count++].Logit - _order[0].Logit);
        foreach ((_, int token) in _order.AsSpan(count)) logits[token] = float.NegativeInfinity;
    }
}
