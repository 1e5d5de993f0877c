using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Language.Numerics;
using Vestige.Numerics;

namespace Vestige.Language.Transformer.Layers;

/// <summary>The dropout masks of one pass, one for each place where something is dropped.</summary>
/// <param name="Share">Share that is dropped, [0, 1).</param>
/// <param name="Key">The same key gives the same masks.</param>
internal readonly record struct DropoutMasks(double Share, ulong Key)
{
    /// <summary>Nothing is dropped.</summary>
    internal static DropoutMasks None => default;

    internal DropoutMask this[int place] => new(Share, (uint)Rng.Mix(Key, (ulong)place));
}

/// <summary>A dropout mask that is not stored: whether an element is dropped is a function of key and index, so the backward pass asks again.</summary>
/// <param name="Share">Share that is dropped, [0, 1).</param>
/// <param name="Key">Which mask.</param>
internal readonly record struct DropoutMask(double Share, uint Key)
{
    /// <summary><c>y[i] = x[i] / (1 - share)</c>, or 0 where dropped.</summary>
    /// <param name="y">Out; may be <paramref name="x"/>. The length is a multiple of 8.</param>
    /// <param name="x">In.</param>
    internal void Apply(Span<float> y, ReadOnlySpan<float> x)
    {
        if (Share == 0) return;
        ref float y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        ref float x0 = ref MemoryMarshal.GetReference(x);
        Vector256<uint> threshold = Vector256.Create((uint)(Share * uint.MaxValue));
        Vector256<float> factor = Vector256.Create((float)(1 / (1 - Share)));
        Vector256<uint> index = Vector256.Create(Key) + Vector256<uint>.Indices;
        for (nuint i = 0; i < (nuint)x.Length; i += Vectors.Lanes)
        {
            Vector256<float> kept = Vector256.GreaterThanOrEqual(Hash(index), threshold).AsSingle();
            ((Vector256.LoadUnsafe(ref x0, i) * factor) & kept).StoreUnsafe(ref y0, i);
            index += Vector256.Create((uint)Vectors.Lanes);
        }
    }

    // lowbias32 (Wellons 2018): a bijection of 32 bits without visible pattern.
    private static Vector256<uint> Hash(Vector256<uint> x)
    {
        x ^= Vector256.ShiftRightLogical(x, 16);
        x *= Vector256.Create(0x7feb352du);
        x ^= Vector256.ShiftRightLogical(x, 15);
        x *= Vector256.Create(0x846ca68bu);
        return x ^ Vector256.ShiftRightLogical(x, 16);
    }
}
