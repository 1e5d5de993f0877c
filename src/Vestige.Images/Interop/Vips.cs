using System.Runtime.InteropServices;

namespace Vestige.Images.Interop;

/// <summary>libvips: found, started and set up in one place.</summary>
public static unsafe class Vips
{
    private static readonly Lock s_startLock = new();

    // libvips has one error buffer for the process. Calls run side by side under the read lock; one that failed is run again
    // alone under the write lock, so that the text in the buffer is its own.
    private static readonly ReaderWriterLockSlim s_gate = new();

    private static volatile Version? s_version;

    /// <summary>The version of libvips.</summary>
    /// <exception cref="VipsException">libvips is missing or too old.</exception>
    public static Version Version
    {
        get
        {
            Initialise();
            return s_version!;
        }
    }

    /// <summary>Whether it is the library that this program was packed with, because the system has none.</summary>
    /// <exception cref="VipsException">libvips is missing or too old.</exception>
    public static bool IsPacked
    {
        get
        {
            Initialise();
            return Native.IsPacked;
        }
    }

    /// <summary>Loads and starts libvips; later calls return at once.</summary>
    /// <remarks>The operation cache is off, so that nothing timed is remembered and memory stays bounded; one thread an operation,
    /// since images are what is worked on side by side.</remarks>
    /// <exception cref="VipsException">libvips is missing or too old; the message says how to install it.</exception>
    public static void Initialise()
    {
        if (s_version is not null) return;
        lock (s_startLock)
        {
            if (s_version is not null) return;
            s_version = Start();
        }
    }

    private static Version Start()
    {
        try
        {
            NativeMemory.GiveBack();
            // Before it starts: loading its modules may warn.
            NativeLog.TakeOver();
            if (Native.vips_init("vestige") != 0) throw new VipsException($"libvips does not start: {TakeErrors()}");
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new VipsException($"Images need libvips {Native.Oldest} or later, and {Native.FileName} cannot be loaded. Install it: " +
                "`apt-get install libvips42` on Debian and Ubuntu, `brew install vips` on macOS.", error);
        }
        var version = new Version(Native.vips_version(0), Native.vips_version(1), Native.vips_version(2));
        if (version < Native.Oldest)
            throw new VipsException($"Images need libvips {Native.Oldest} or later; this is {version}. Install a newer one.");
        Native.vips_cache_set_max(0);
        Native.vips_concurrency_set(1);
        return version;
    }

    /// <summary>Whether this libvips was built with an operation: <c>jxlsave_buffer</c>.</summary>
    /// <exception cref="VipsException">libvips is missing or too old.</exception>
    public static bool Has(string operation)
    {
        Initialise();
        return Native.vips_type_find("VipsOperation", operation) != 0;
    }

    /// <summary>Runs calls to libvips.</summary>
    /// <param name="warnings">Receives the warnings of the calls, each once.</param>
    /// <param name="work">May run twice: what fails is run again alone. Not nested.</param>
    /// <exception cref="VipsException">A call failed; the message is libvips' text and its warnings.</exception>
    internal static T Run<T>(List<string> warnings, Func<T> work)
    {
        Initialise();
        s_gate.EnterReadLock();
        try
        {
            return NativeLog.Collect(warnings, work);
        }
        catch (VipsException)
        {
            warnings.Clear();
        }
        finally
        {
            s_gate.ExitReadLock();
        }

        s_gate.EnterWriteLock();
        try
        {
            Native.vips_error_clear();
            return NativeLog.Collect(warnings, work);
        }
        catch (VipsException error)
        {
            string[] words = [.. warnings.Where(w => !error.Message.Contains(w, StringComparison.Ordinal))];
            throw words.Length == 0 ? error : new VipsException($"{error.Message} ({string.Join("; ", words)})", error);
        }
        finally
        {
            s_gate.ExitWriteLock();
        }
    }

    /// <summary>libvips' error text, lines joined, taken out of its buffer.</summary>
    internal static string TakeErrors()
    {
        string text = Marshal.PtrToStringUTF8((nint)Native.vips_error_buffer()) ?? "";
        Native.vips_error_clear();
        string[] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
        return lines.Length == 0 ? "no reason given" : string.Join("; ", lines);
    }
}
