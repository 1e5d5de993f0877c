namespace Vestige.Benchmarks.Peers;

/// <summary>MAUVE (Pillutla et al. 2021): the area under the curve of divergences of two histograms, one cell for ten points of either sample.</summary>
/// <remarks>On the features that all share; the paper's own, and its scaling of them, are of language models.</remarks>
internal static class Mauve
{
    private const int Points = 25;
    private const double Scale = 5;

    /// <summary>1 for equal histograms, near 0 for disjoint ones.</summary>
    internal static double Of(Cloud real, Cloud made, ulong seed)
    {
        var cells = new Cells(real.With(made), Math.Max(2, Math.Min(real.Count, made.Count) / 10), seed);
        double[] p = Histogram(cells, real), q = Histogram(cells, made);
        var curve = new List<(double X, double Y)> { (0, 1), (1, 0) };
        for (int i = 0; i < Points; i++)
        {
            double weight = 1e-6 + ((1 - 2e-6) * i / (Points - 1));
            double[] mixed = [.. p.Zip(q, (a, b) => (weight * a) + ((1 - weight) * b))];
            curve.Add((Math.Exp(-Scale * Divergence(q, mixed)), Math.Exp(-Scale * Divergence(p, mixed))));
        }
        return (Area(curve) + Area([.. curve.Select(point => (point.Y, point.X))])) / 2;
    }

    private static double[] Histogram(Cells cells, Cloud points)
    {
        double[] shares = new double[cells.Count];
        foreach (int cell in cells.Of(points)) shares[cell] += 1.0 / points.Count;
        return shares;
    }

    private static double Divergence(double[] of, double[] from)
    {
        double sum = 0;
        for (int i = 0; i < of.Length; i++)
            if (of[i] > 0) sum += of[i] * Math.Log(of[i] / from[i]);
        return sum;
    }

    private static double Area(List<(double X, double Y)> curve)
    {
        (double X, double Y)[] sorted = [.. curve.OrderBy(point => point.X).ThenByDescending(point => point.Y)];
        double area = 0;
        for (int i = 1; i < sorted.Length; i++) area += (sorted[i].X - sorted[i - 1].X) * (sorted[i].Y + sorted[i - 1].Y) / 2;
        return area;
    }
}
