using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Vestige.Numerics.Neighbours;

namespace Vestige.Benchmarks;

/// <summary>Our side of bench/neighbours.sh: for each line "THREADS" on standard input it finds neighbours once and answers with the seconds.</summary>
internal static class NeighbourServer
{
    /// <summary>Arguments: queries, references (raw float32 files), dimensions, k, file for the indices, file for the distances.</summary>
    internal static void Run(string[] args)
    {
        float[] queries = Read(args[0]), references = Read(args[1]);
        int dimensions = int.Parse(args[2], CultureInfo.InvariantCulture), k = int.Parse(args[3], CultureInfo.InvariantCulture);
        while (Console.ReadLine() is { } line)
        {
            int threads = int.Parse(line, CultureInfo.InvariantCulture);
            var clock = Stopwatch.StartNew();
            NeighbourTable table = NearestNeighbours.Find(new PointSet(queries, dimensions), new PointSet(references, dimensions), k, excludeOwnUnit: false, threads);
            double seconds = clock.Elapsed.TotalSeconds;
            File.WriteAllBytes(args[4], MemoryMarshal.AsBytes(table.Indices.AsSpan()));
            File.WriteAllBytes(args[5], MemoryMarshal.AsBytes(table.SquaredDistances.AsSpan()));
            Console.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static float[] Read(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();
}
