using System.Diagnostics;

namespace Vestige.Cli.Domains;

/// <summary>The clock that is handed to the core, which has none.</summary>
internal static class Clock
{
    /// <summary>Seconds since some moment; never less than before.</summary>
    internal static double Seconds() => Stopwatch.GetElapsedTime(0).TotalSeconds;
}
