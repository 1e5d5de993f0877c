namespace Vestige.Cli.Faults;

/// <summary>Exit statuses of the design's section 7.</summary>
internal static class ExitStatus
{
    internal const int Done = 0;
    internal const int GateFell = 1;
    internal const int Usage = 2;
    internal const int Data = 3;
    /// <summary>Of the program itself; sysexits.h's EX_SOFTWARE.</summary>
    internal const int Fault = 70;

    internal const int Interrupted = 130;
}

/// <summary>The command line is wrong: exit status 2.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The user stopped the run: exit status 130. The message says what is left of it.</summary>
internal sealed class InterruptedException(string message) : Exception(message);

/// <summary>The data cannot be used, or a result cannot be written: exit status 3.</summary>
internal sealed class DataException(string message) : Exception(message)
{
    /// <summary>Where results are kept is gone, full or read-only: no fault of the data, nor of the piece of work that met it.</summary>
    internal bool IsOfPlace { get; init; }
}
