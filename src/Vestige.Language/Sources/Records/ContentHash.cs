using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vestige.Language.Sources.Records;

/// <summary>What contents are known by: SHA-256, the first half.</summary>
internal static class ContentHash
{
    /// <summary>Of bytes that are all there.</summary>
    internal static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Truncate(hash);
    }

    /// <summary>The first half of a whole hash.</summary>
    internal static UInt128 Truncate(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt128BigEndian(hash);
}
