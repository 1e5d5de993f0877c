using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Numerics.Neighbours;

namespace Vestige.Benchmarks;

/// <summary>Our side of bench/neighbours.sh, which drives it line by line, so that both sides take turns in one run.</summary>
/// <remarks>"peak" is answered with this core's fused multiply-adds a second, a number of threads with the seconds and the processor seconds that one search took.</remarks>
internal static class NeighbourServer
{
    /// <summary>Arguments: queries, references (raw float32 files), dimensions, k, file for the indices, file for the squared distances.</summary>
    internal static void Run(string[] args)
    {
        float[] queries = Read(args[0]), references = Read(args[1]);
        int dimensions = int.Parse(args[2], CultureInfo.InvariantCulture), k = int.Parse(args[3], CultureInfo.InvariantCulture);
        while (Console.ReadLine() is { } line)
        {
            if (line == "peak") Console.WriteLine(Peak().ToString(CultureInfo.InvariantCulture));
            else Find(int.Parse(line, CultureInfo.InvariantCulture));
        }

        void Find(int threads)
        {
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            var table = NearestNeighbours.Find(new PointSet(queries, dimensions), new PointSet(references, dimensions), k, excludeOwnUnit: false, threads);
            double seconds = clock.Elapsed.TotalSeconds;
            processor = Environment.CpuUsage.TotalTime - processor;
            File.WriteAllBytes(args[4], MemoryMarshal.AsBytes(table.Indices.AsSpan()));
            File.WriteAllBytes(args[5], MemoryMarshal.AsBytes(table.SquaredDistances.AsSpan()));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {processor.TotalSeconds}"));
        }
    }

    private static float[] Read(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();

    /// <summary>The best of many short loops, each shorter than the turn that a busy machine gives to others.</summary>
    private static double Peak()
    {
        const int steps = 100_000;
        double best = 0;
        for (int i = 0; i < 400; i++)
        {
            var clock = Stopwatch.StartNew();
            int lanes = Vector512.IsHardwareAccelerated ? FusedMultiplyAdds512(steps) : FusedMultiplyAdds256(steps);
            best = Math.Max(best, 10.0 * steps * lanes / clock.Elapsed.TotalSeconds);
        }
        return best;
    }

    private static int FusedMultiplyAdds512(int steps)
    {
        Vector512<float> x = Vector512.Create(0.5f), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (int t = 0; t < steps; t++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, x);
            b = Vector512.FusedMultiplyAdd(b, x, x);
            c = Vector512.FusedMultiplyAdd(c, x, x);
            d = Vector512.FusedMultiplyAdd(d, x, x);
            e = Vector512.FusedMultiplyAdd(e, x, x);
            f = Vector512.FusedMultiplyAdd(f, x, x);
            g = Vector512.FusedMultiplyAdd(g, x, x);
            h = Vector512.FusedMultiplyAdd(h, x, x);
            i = Vector512.FusedMultiplyAdd(i, x, x);
            j = Vector512.FusedMultiplyAdd(j, x, x);
        }
        return (a + b + c + d + e + f + g + h + i + j) == x ? 0 : Vector512<float>.Count;
    }

    private static int FusedMultiplyAdds256(int steps)
    {
        Vector256<float> x = Vector256.Create(0.5f), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x;
        for (int t = 0; t < steps; t++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, x);
            b = Vector256.FusedMultiplyAdd(b, x, x);
            c = Vector256.FusedMultiplyAdd(c, x, x);
            d = Vector256.FusedMultiplyAdd(d, x, x);
            e = Vector256.FusedMultiplyAdd(e, x, x);
            f = Vector256.FusedMultiplyAdd(f, x, x);
            g = Vector256.FusedMultiplyAdd(g, x, x);
            h = Vector256.FusedMultiplyAdd(h, x, x);
            i = Vector256.FusedMultiplyAdd(i, x, x);
            j = Vector256.FusedMultiplyAdd(j, x, x);
        }
        return (a + b + c + d + e + f + g + h + i + j) == x ? 0 : Vector256<float>.Count;
    }
}
