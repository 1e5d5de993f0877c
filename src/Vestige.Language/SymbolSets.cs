using System.Security.Cryptography;

namespace Vestige.Language;

/// <summary>Names of sets of symbols, equal where the symbols are.</summary>
internal static class SymbolSets
{
    /// <summary>The 256 bytes, in their own order.</summary>
    internal static string Bytes { get; } = Of([.. Enumerable.Range(0, 256).Select(b => (byte[])[(byte)b])]);

    /// <summary>The name of a set.</summary>
    /// <param name="symbols">What each symbol stands for, in the order of their numbers. Those at the end that stand for nothing do not
    /// count: they only open and close texts.</param>
    internal static string Of(ReadOnlySpan<byte[]> symbols)
    {
        int last = symbols.Length;
        while (last > 0 && symbols[last - 1].Length == 0) last--;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] symbol in symbols[..last])
        {
            hash.AppendData(BitConverter.GetBytes(symbol.Length));
            hash.AppendData(symbol);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
