using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Vestige.Language.Numerics;

/// <summary>Asks for memory before it is needed: sorting suffixes is waiting for memory, and without this takes twice as long.</summary>
internal static class Prefetch
{
    /// <summary>How many steps ahead.</summary>
    internal const int Ahead = 32;

    /// <summary>Loads the cache line of a place; does nothing where the processor has no such instruction. No value depends on it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void Line<T>(ref readonly T place)
    {
        // The one instruction that takes a pointer. Memory that moved meanwhile is only not found in the cache.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in place)));
    }
}
