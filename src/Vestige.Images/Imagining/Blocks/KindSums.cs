using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Imagining.Blocks;

/// <summary>Sums over a table's row, kind by kind: each kind's figure is its own lane's, so that it does not depend on the vector width.</summary>
internal static class KindSums
{
    /// <summary>sums += values.</summary>
    internal static void Add(ReadOnlySpan<float> values, Span<float> sums)
    {
        values = values[..sums.Length];
        Span<V> to = MemoryMarshal.Cast<float, V>(sums);
        ReadOnlySpan<V> from = MemoryMarshal.Cast<float, V>(values);
        for (int i = 0; i < to.Length; i++) to[i] += from[i];
        for (int i = to.Length * BlockBatch.Lanes; i < sums.Length; i++) sums[i] += values[i];
    }

    /// <summary>sums += factor * values.</summary>
    internal static void Add(float factor, ReadOnlySpan<float> values, Span<float> sums)
    {
        values = values[..sums.Length];
        Span<V> to = MemoryMarshal.Cast<float, V>(sums);
        ReadOnlySpan<V> from = MemoryMarshal.Cast<float, V>(values);
        V all = Vector256.Create(factor);
        for (int i = 0; i < to.Length; i++) to[i] += all * from[i];
        for (int i = to.Length * BlockBatch.Lanes; i < sums.Length; i++) sums[i] += factor * values[i];
    }
}
