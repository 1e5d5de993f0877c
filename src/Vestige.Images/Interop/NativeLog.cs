using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Vestige.Images.Interop;

/// <summary>Where GLib's log goes: warnings are collected for the call that caused them, and native code prints nothing.</summary>
internal static unsafe class NativeLog
{
    private const int Error = 1 << 2, Critical = 1 << 3, Warning = 1 << 4;
    private const int Handled = 1;

    [ThreadStatic]
    private static List<string>? s_collector;

    /// <summary>Takes over the log. GLib allows it once in a process.</summary>
    internal static void TakeOver() => Native.g_log_set_writer_func(&Write, 0, 0);

    /// <summary>Runs <paramref name="work"/>; the warnings that it causes on this thread are added to <paramref name="warnings"/>.</summary>
    internal static T Collect<T>(List<string> warnings, Func<T> work)
    {
        List<string>? outer = s_collector;
        s_collector = warnings;
        try
        {
            return work();
        }
        finally
        {
            s_collector = outer;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(int level, GLogField* fields, nuint count, nint data)
    {
        // Nothing may be thrown into native code.
        try
        {
            if ((level & (Error | Critical | Warning)) == 0) return Handled;
            for (nuint i = 0; i < count; i++)
            {
                if (!MemoryMarshal.CreateReadOnlySpanFromNullTerminated(fields[i].Key).SequenceEqual("MESSAGE"u8)) continue;
                string message = fields[i].Length < 0
                    ? Marshal.PtrToStringUTF8((nint)fields[i].Value) ?? ""
                    : Encoding.UTF8.GetString(fields[i].Value, (int)fields[i].Length);
                Add(message.Trim());
            }
        }
        catch (Exception error) when (error is OutOfMemoryException or ArgumentException)
        {
            return Handled;
        }
        return Handled;
    }

    private static void Add(string message)
    {
        // libvips says so for each tile after a fault that it also returns as an error, with the reason.
        if (message.StartsWith("error in tile ", StringComparison.Ordinal)) return;
        // Threads that native code made itself have no collector: no call can be named for what they say.
        if (s_collector is { } collector && !collector.Contains(message)) collector.Add(message);
    }
}
