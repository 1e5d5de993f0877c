using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vestige.Language.Strings;

/// <summary>A string over the alphabet 0, 1, 2, …: bytes, or the names of the substrings of another.</summary>
internal interface ISymbols
{
    /// <summary>Whether the alphabet is so large that a table over it is out of the nearest caches.</summary>
    static abstract bool IsLarge { get; }

    /// <summary>Symbol <paramref name="i"/>; not checked.</summary>
    int this[int i] { get; }

    /// <summary>Asks for symbol <paramref name="i"/>.</summary>
    void Prefetch(int i);
}

/// <summary>A string of bytes.</summary>
internal readonly ref struct ByteSymbols(ReadOnlySpan<byte> text) : ISymbols
{
    private readonly ref byte _first = ref MemoryMarshal.GetReference(text);

    public static bool IsLarge => false;

    public int this[int i] => Unsafe.Add(ref _first, i);

    public void Prefetch(int i) => Numerics.Prefetch.Line(ref Unsafe.Add(ref _first, i));
}

/// <summary>A string of names.</summary>
internal readonly ref struct NameSymbols(ReadOnlySpan<int> text) : ISymbols
{
    private readonly ref int _first = ref MemoryMarshal.GetReference(text);

    public static bool IsLarge => true;

    public int this[int i] => Unsafe.Add(ref _first, i);

    public void Prefetch(int i) => Numerics.Prefetch.Line(ref Unsafe.Add(ref _first, i));
}
