using Vestige.Language.Numerics;

namespace Vestige.Benchmarks;

/// <summary>Products of a training step's shapes, one thread: GFLOP/s of processor time, which a busy machine lowers less than the clock's.</summary>
internal static class GemmBench
{
    internal static void Run()
    {
        foreach ((string name, int rows, int inner, int columns, bool transposed) in new[]
        {
            ("up", 256, 256, 1024, false), ("down", 256, 1024, 256, false), ("qkv", 256, 256, 768, false), ("projection", 256, 256, 256, false),
            ("gradient of up", 1024, 256, 256, true), ("gradient of down", 256, 256, 1024, true),
        })
        {
            float[] a = new float[rows * inner], b = new float[inner * columns], c = new float[rows * columns];
            Array.Fill(a, 0.5f);
            Array.Fill(b, 0.25f);
            var right = new Panels(inner, columns);
            double packing = Best(() => right.Pack(new Matrix(b, inner, columns, columns)));
            double product = Best(() => Gemm.Multiply(c, columns, transposed ? new Matrix(a, inner, rows, rows).Transposed : new Matrix(a, rows, inner, inner), right, add: true));
            Console.WriteLine(FormattableString.Invariant($"{name}: {2e-9 * rows * inner * columns / product:F0} GFLOP/s, packing {100 * packing / product:F0} % of it"));
        }
    }

    private static double Best(Action work)
    {
        const int Times = 200;
        double best = double.MaxValue;
        for (int i = 0; i < 5; i++)
        {
            double start = Environment.CpuUsage.TotalTime.TotalSeconds;
            for (int j = 0; j < Times; j++) work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime.TotalSeconds - start) / Times);
        }
        return best;
    }
}
