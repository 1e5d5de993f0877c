namespace Vestige.Images.Imagining.Priors;

/// <summary>How often kinds of blocks come together.</summary>
internal sealed class KindPairs(int kinds)
{
    // Pairs that every two kinds are taken to have had, and to have had by chance: the ratio of kinds that were seldom seen stays near 1.
    private const double Hidden = 1;

    private readonly double[] _counts = new double[kinds * kinds];

    /// <summary>Counts a pair, of each of which is known how far it is of which kind.</summary>
    internal void Add(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        for (int a = 0; a < kinds; a++)
        {
            if (first[a] == 0) continue;
            for (int b = 0; b < kinds; b++) _counts[(a * kinds) + b] += (double)first[a] * second[b];
        }
    }

    /// <summary>(first, second): how often they came together over how often they would by chance.</summary>
    internal float[] Ratios()
    {
        double[] rows = new double[kinds], columns = new double[kinds];
        double total = Hidden;
        for (int i = 0; i < _counts.Length; i++)
        {
            rows[i / kinds] += _counts[i];
            columns[i % kinds] += _counts[i];
            total += _counts[i];
        }
        float[] ratios = new float[_counts.Length];
        for (int i = 0; i < ratios.Length; i++)
            ratios[i] = (float)((_counts[i] + Hidden) / ((rows[i / kinds] * columns[i % kinds] / total) + Hidden));
        return ratios;
    }
}
