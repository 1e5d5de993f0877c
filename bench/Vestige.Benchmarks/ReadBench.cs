using System.Diagnostics;
using System.Globalization;
using Vestige.Language.Sources;
using Vestige.Sources;

namespace Vestige.Benchmarks;

/// <summary>How long the first reading of a text source takes, and what memory: everything is checked, hashed and kept apart.</summary>
internal static class ReadBench
{
    internal static void Run(string path, string field)
    {
        long start = Stopwatch.GetTimestamp();
        var source = TextFolder.Open(path, TextOptions.Default with { Field = field }, null, CancellationToken.None);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, processor = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        long passages = 0;
        foreach (Document document in source.Documents) passages += document.Units;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{source.Documents.Count} documents, {passages} passages, {seconds:0.00} s, {processor:0.00} s of processor, "
            + $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB at most"));
        foreach (string notice in source.Notices) Console.WriteLine(notice);
        for (int i = 0; i < source.Documents.Count; i++)
        {
            if (source.Documents[i].Content != 0) continue;
            try
            {
                source.Read(i);
            }
            catch (UnusableDocumentException error)
            {
                Console.WriteLine(error.Message);
            }
        }
    }
}
