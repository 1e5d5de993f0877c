using System.Runtime.InteropServices;

namespace Vestige.Language.Numerics;

/// <summary>Memory for kernels: pinned, and aligned to a cache line so that no vector load crosses one.</summary>
internal static class Aligned
{
    private const int CacheLine = 64;

    /// <summary>Zeroed floats that start at a multiple of 64 bytes.</summary>
    internal static Memory<float> Allocate(int length)
    {
        float[] array = GC.AllocateArray<float>(length + (CacheLine / sizeof(float)), pinned: true);
        long start = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        int skip = (int)(-start & (CacheLine - 1)) / sizeof(float);
        return MemoryMarshal.CreateFromPinnedArray(array, skip, length);
    }
}
