using System.Diagnostics;
using System.Globalization;
using Vestige.Compressors;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>Progress with the time left, on standard error: one line that is rewritten on a terminal, a line every ten seconds elsewhere.</summary>
/// <param name="writer">Where to.</param>
/// <param name="interactive">Whether it is a terminal.</param>
/// <param name="width">Columns of the terminal: a longer line would not go when it is rewritten.</param>
/// <remarks>Silent for the first two seconds, so that what is quick stays quiet. Callable from any thread.</remarks>
internal sealed class ProgressLine(TextWriter writer, bool interactive, int width = 80) : IProgress<WorkProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stopwatch _all = Stopwatch.StartNew();
    private readonly Stopwatch _step = Stopwatch.StartNew();
    private string? _what;
    private double _from;
    private double _lastPrint = double.NegativeInfinity;
    private int _width;

    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            if (value.What != _what)
            {
                (_what, _from) = (value.What, value.Done);
                _step.Restart();
            }
            double now = _all.Elapsed.TotalSeconds;
            if (now < 2 || now - _lastPrint < (interactive ? 0.2 : 10)) return;
            _lastPrint = now;
            string line = Names.Printable(Line(value.What, _from, value.Done, _step.Elapsed) + (value.Detail is { } detail ? "; " + detail : ""));
            if (interactive && line.Length >= width) line = line[..(width - 1)];
            Write(interactive ? "\r" + line.PadRight(_width) : line + writer.NewLine);
            if (interactive) _width = line.Length;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Write(_width > 0 ? "\r" + new string(' ', _width) + "\r" : "");
        }
    }

    private void Write(string text)
    {
        try
        {
            writer.Write(text);
            writer.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody listens: that ends no run.
        }
    }

    /// <param name="what">The step.</param>
    /// <param name="from">Where the step stood at first: what an earlier run did took this one no time.</param>
    /// <param name="done">Where it stands; no number where nobody knows how much there is.</param>
    /// <param name="elapsed">Since it stood there.</param>
    internal static string Line(string what, double from, double done, TimeSpan elapsed)
    {
        if (double.IsNaN(done)) return what;
        done = Math.Clamp(done, 0, 1);
        string percent = (done * 100).ToString("0", CultureInfo.InvariantCulture);
        if (done <= from || elapsed.TotalSeconds < 1) return $"{what}: {percent} %";
        double left = elapsed.TotalSeconds * (1 - done) / (done - from);
        return $"{what}: {percent} %, about {Duration(left)} left";
    }

    internal static string Duration(double seconds) => seconds switch
    {
        < 90 => $"{Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture)} s",
        < 5400 => $"{Math.Ceiling(seconds / 60).ToString(CultureInfo.InvariantCulture)} min",
        _ => $"{(seconds / 3600).ToString("0.0", CultureInfo.InvariantCulture)} h",
    };
}
