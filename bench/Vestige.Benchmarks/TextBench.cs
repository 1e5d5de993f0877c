using System.Diagnostics;
using Vestige.Language;
using Vestige.Language.NGrams;
using Vestige.Language.Strings;

namespace Vestige.Benchmarks;

/// <summary>Speeds of the suffix array and of n-grams: see <c>bench/suffixes.sh</c> and <c>bench/text.sh</c>.</summary>
internal static class TextBench
{
    private const int PassageBytes = 512;

    /// <summary>Best and median MB/s, and a checksum of the result.</summary>
    internal static void Suffixes(string path, int rounds)
    {
        byte[] text = File.ReadAllBytes(path);
        int[] suffixes = SuffixArray.Of(text.AsSpan(0, Math.Min(text.Length, 1 << 20)));
        double[] seconds = new double[rounds];
        long held = 0;
        for (int i = 0; i < rounds; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            suffixes = SuffixArray.Of(text);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            held = GC.GetTotalAllocatedBytes(precise: true) - before;
        }
        ulong checksum = 0;
        foreach (int suffix in suffixes) checksum = (checksum * 31) + (uint)suffix;
        Array.Sort(seconds);
        Print($"vestige {1e-6 * text.Length / seconds[0]:F2} {1e-6 * text.Length / seconds[rounds / 2]:F2} MB/s checksum {checksum:x16} "
            + $"{(double)(held + text.Length) / text.Length:F2} bytes of memory for each of the text");
    }

    /// <summary>Best MB/s of counting, of making a model of the counts, and of scoring passages of the last tenth, a thread.</summary>
    internal static void NGrams(string path, int order, int rounds)
    {
        byte[] text = File.ReadAllBytes(path);
        int cut = text.Length / 10 * 9;
        Passage[] passages = [.. Enumerable.Range(0, (text.Length - cut) / PassageBytes).Select(i => new Passage(text.AsMemory(cut + (i * PassageBytes), PassageBytes), "", 0))];
        double train = double.MaxValue, score = double.MaxValue, bits = 0;
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            NGramCounts counts = NGramTrainer.Count([text.AsMemory(0, cut)], order, null, CancellationToken.None);
            var model = new NGramText("", new NGramModel(counts), 0, SamplingOptions.Plain, PassageBytes, []);
            train = Math.Min(train, Stopwatch.GetElapsedTime(start).TotalSeconds);
            start = Stopwatch.GetTimestamp();
            bits = -passages.Sum(model.Log2Probability) / (passages.Length * (double)PassageBytes);
            score = Math.Min(score, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        Print($"vestige n-grams of order {order}: trained at {1e-6 * cut / train:F2} MB/s, scored at {1e-6 * passages.Length * PassageBytes / score:F2} MB/s, {bits:F4} bits/byte");
    }

    private static void Print(string line) => Console.WriteLine(line);
}
