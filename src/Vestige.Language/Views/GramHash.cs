using System.Buffers.Binary;
using Vestige.Numerics;

namespace Vestige.Language.Views;

/// <summary>64-bit hashes of strings longer than an atom.</summary>
internal static class GramHash
{
    /// <summary>A hash of bytes.</summary>
    /// <remarks>Each eight bytes, the last with zeros behind them, are mixed into what came before; the length goes first, so that the zeros do not count.</remarks>
    internal static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) hash = Rng.Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        if (bytes.IsEmpty) return hash;
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        last.Clear();
        bytes.CopyTo(last);
        return Rng.Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(last));
    }

    /// <summary>A hash of hashes, in order.</summary>
    internal static ulong Of(ReadOnlySpan<ulong> hashes)
    {
        ulong hash = (ulong)hashes.Length;
        foreach (ulong next in hashes) hash = Rng.Mix(hash, next);
        return hash;
    }
}
