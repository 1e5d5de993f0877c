using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vestige.Images.Planes;

/// <summary>Sixteen pixels of three bytes, channel by channel.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
internal readonly record struct RgbLanes(Vector256<short> Red, Vector256<short> Green, Vector256<short> Blue)
{
    /// <summary>Pixels.</summary>
    internal const int Pixels = 16;

    private const byte No = 0xFF;

    /// <summary>Reads them.</summary>
    /// <param name="rgb">At least 48 bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static RgbLanes Read(ReadOnlySpan<byte> rgb)
    {
        ref byte start = ref MemoryMarshal.GetReference(rgb[..(3 * Pixels)]);
        Vector128<byte> a = Vector128.LoadUnsafe(ref start), b = Vector128.LoadUnsafe(ref start, 16), c = Vector128.LoadUnsafe(ref start, 32);
        // What an index beyond the vector picks is zero.
        Vector128<byte> red = Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, No, No, No, No, No, No, No, No, No, No))
            | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, No, 2, 5, 8, 11, 14, No, No, No, No, No))
            | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, No, 1, 4, 7, 10, 13));
        Vector128<byte> green = Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, No, No, No, No, No, No, No, No, No, No, No))
            | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, 0, 3, 6, 9, 12, 15, No, No, No, No, No))
            | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, No, 2, 5, 8, 11, 14));
        Vector128<byte> blue = Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, No, No, No, No, No, No, No, No, No, No, No))
            | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, 1, 4, 7, 10, 13, No, No, No, No, No, No))
            | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, 0, 3, 6, 9, 12, 15));
        return new RgbLanes(Wide(red), Wide(green), Wide(blue));
    }

    /// <summary>One channel in 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<int> First, Vector256<int> Second) Whole(Vector256<short> channel) => Vector256.Widen(channel);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Wide(Vector128<byte> channel)
    {
        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(channel);
        return Vector256.Create(lower, upper).AsInt16();
    }
}
