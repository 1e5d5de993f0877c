using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using LLama.Native;

namespace Vestige.Models.Llama;

/// <summary>llama.cpp as it was found on this machine, through LLamaSharp: whether it is there, and what it last complained of.</summary>
public static class LlamaLibrary
{
    private static readonly Lazy<string?> s_whyAbsent = new(Load);

    private static readonly string s_wrapper = typeof(LlamaLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "LLamaSharp").Value!;

    private static readonly object s_gate = new();
    private static readonly StringBuilder s_errors = new();

    /// <summary>Why it cannot be used here; null where it can.</summary>
    public static string? WhyAbsent() => s_whyAbsent.Value;

    /// <summary>Its version, and what of the processor it uses: figures of quantized models differ between sets of instructions.</summary>
    public static string? Version() => WhyAbsent() is not null ? null
        : $"llama.cpp of LLamaSharp {s_wrapper} ({Features()})";

    /// <summary>Runs what may fail inside it.</summary>
    /// <returns>What it gave, and what the library said when that is null.</returns>
    internal static (T? Result, string Said) Try<T>(Func<T> call)
        where T : class
    {
        lock (s_gate) s_errors.Clear();
        try
        {
            return (call(), Said());
        }
        catch (LLama.Exceptions.RuntimeError e)
        {
            string said = Said();
            return (null, said.Length > 0 ? said : e.Message);
        }
    }

    /// <summary>What it complained of since the last <see cref="Try"/> began, in a line.</summary>
    internal static string Said()
    {
        lock (s_gate) return string.Join("; ", s_errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct());
    }

    private static string? Load()
    {
        try
        {
            // Rounding the activations of a quantized model is a step, so that its bits move with the instructions: one build for all machines that can run it.
            if (Avx2.IsSupported) NativeLibraryConfig.All.WithAvx(AvxLevel.Avx2);
            // Progress comes as dots of a level of their own; nothing of it is for the user but errors, which go into messages.
            NativeLibraryConfig.All.WithLogCallback((level, message) =>
            {
                if (level != LLamaLogLevel.Error) return;
                lock (s_gate)
                    if (s_errors.Length < 4096) s_errors.Append(message);
            });
            NativeApi.llama_empty_call();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or EntryPointNotFoundException
            or BadImageFormatException or LLama.Exceptions.RuntimeError)
        {
            return $"its library for {RuntimeInformation.RuntimeIdentifier} was not found beside the program ({FirstLine(e.InnerException ?? e)})";
        }
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim().TrimEnd('.');

    private static string Features()
    {
        string all = Marshal.PtrToStringUTF8(NativeApi.llama_print_system_info()) ?? "";
        // "CPU : SSE3 = 1 | AVX = 1 | ...".
        return string.Join(' ', all.Replace("CPU :", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(feature => feature.EndsWith("= 1", StringComparison.Ordinal)).Select(feature => feature.Split(' ')[0]));
    }
}
