using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Language.Numerics;
using Vestige.Language.Transformer.Parameters;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Language.Transformer.Layers;

/// <summary>The nonlinearities of the feed-forward branch. Lengths are multiples of 8.</summary>
internal static class Activations
{
    /// <summary><c>a = f(u)</c>; gated, each row of u holds gates and then values, and <c>a = f(gate) value</c>.</summary>
    /// <param name="kind">f.</param>
    /// <param name="a">(R, F) out.</param>
    /// <param name="u">(R, F), gated (R, 2 F).</param>
    /// <param name="F">Width of a row of <paramref name="a"/>.</param>
    internal static void Forward(Activation kind, Span<float> a, ReadOnlySpan<float> u, int F)
    {
        switch (kind)
        {
            case Activation.Gelu: Forward<Gelu>(a, u); break;
            case Activation.Relu2: Forward<Relu2>(a, u); break;
            default: ForwardGated<Silu>(a, u, F); break;
        }
    }

    /// <summary>The gradient of u from that of a; and a once more, which the forward pass did not keep.</summary>
    /// <param name="kind">f.</param>
    /// <param name="du">As u, out; may be <paramref name="da"/> where not gated.</param>
    /// <param name="a">(R, F) out.</param>
    /// <param name="da">(R, F).</param>
    /// <param name="u">(R, F), gated (R, 2 F).</param>
    /// <param name="F">Width of a row of <paramref name="a"/>.</param>
    internal static void Backward(Activation kind, Span<float> du, Span<float> a, ReadOnlySpan<float> da, ReadOnlySpan<float> u, int F)
    {
        switch (kind)
        {
            case Activation.Gelu: Backward<Gelu>(du, a, da, u); break;
            case Activation.Relu2: Backward<Relu2>(du, a, da, u); break;
            default: BackwardGated<Silu>(du, a, da, u, F); break;
        }
    }

    private static void Forward<TFunction>(Span<float> a, ReadOnlySpan<float> u)
        where TFunction : struct, IFunction
    {
        ref float a0 = ref MemoryMarshal.GetReference(a[..u.Length]);
        ref float u0 = ref MemoryMarshal.GetReference(u);
        for (nuint i = 0; i < (nuint)u.Length; i += Vectors.Lanes) TFunction.Value(Vector256.LoadUnsafe(ref u0, i)).StoreUnsafe(ref a0, i);
    }

    private static void Backward<TFunction>(Span<float> du, Span<float> a, ReadOnlySpan<float> da, ReadOnlySpan<float> u)
        where TFunction : struct, IFunction
    {
        ref float du0 = ref MemoryMarshal.GetReference(du[..u.Length]);
        ref float a0 = ref MemoryMarshal.GetReference(a[..u.Length]);
        ref float da0 = ref MemoryMarshal.GetReference(da[..u.Length]);
        ref float u0 = ref MemoryMarshal.GetReference(u);
        for (nuint i = 0; i < (nuint)u.Length; i += Vectors.Lanes)
        {
            (V value, V slope) = TFunction.ValueAndSlope(Vector256.LoadUnsafe(ref u0, i));
            (slope * Vector256.LoadUnsafe(ref da0, i)).StoreUnsafe(ref du0, i);
            value.StoreUnsafe(ref a0, i);
        }
    }

    private static void ForwardGated<TFunction>(Span<float> a, ReadOnlySpan<float> u, int F)
        where TFunction : struct, IFunction
    {
        for (int r = 0; r < a.Length / F; r++)
        {
            ref float a0 = ref MemoryMarshal.GetReference(a.Slice(r * F, F));
            ref float gate = ref MemoryMarshal.GetReference(u.Slice(r * 2 * F, 2 * F));
            ref float value = ref Unsafe.Add(ref gate, F);
            for (nuint i = 0; i < (nuint)F; i += Vectors.Lanes)
            {
                (TFunction.Value(Vector256.LoadUnsafe(ref gate, i)) * Vector256.LoadUnsafe(ref value, i)).StoreUnsafe(ref a0, i);
            }
        }
    }

    private static void BackwardGated<TFunction>(Span<float> du, Span<float> a, ReadOnlySpan<float> da, ReadOnlySpan<float> u, int F)
        where TFunction : struct, IFunction
    {
        for (int r = 0; r < a.Length / F; r++)
        {
            ref float a0 = ref MemoryMarshal.GetReference(a.Slice(r * F, F));
            ref float da0 = ref MemoryMarshal.GetReference(da.Slice(r * F, F));
            ref float gate = ref MemoryMarshal.GetReference(u.Slice(r * 2 * F, 2 * F));
            ref float value = ref Unsafe.Add(ref gate, F);
            ref float dGate = ref MemoryMarshal.GetReference(du.Slice(r * 2 * F, 2 * F));
            ref float dValue = ref Unsafe.Add(ref dGate, F);
            for (nuint i = 0; i < (nuint)F; i += Vectors.Lanes)
            {
                (V open, V slope) = TFunction.ValueAndSlope(Vector256.LoadUnsafe(ref gate, i));
                V v = Vector256.LoadUnsafe(ref value, i);
                V d = Vector256.LoadUnsafe(ref da0, i);
                (open * v).StoreUnsafe(ref a0, i);
                (d * v * slope).StoreUnsafe(ref dGate, i);
                (d * open).StoreUnsafe(ref dValue, i);
            }
        }
    }

    private interface IFunction
    {
        static abstract V Value(V x);

        static abstract (V Value, V Slope) ValueAndSlope(V x);
    }

    private readonly struct Gelu : IFunction
    {
        // 0.5 x (1 + tanh(√(2/π) (x + 0.044715 x³))) is x sigmoid of twice that argument.
        private const float Linear = 1.5957691216057308f;
        private const float Cubic = 0.044715f * Linear;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Value(V x) => x * Vectors.Sigmoid(x * (Vector256.Create(Linear) + (Vector256.Create(Cubic) * x * x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (V Value, V Slope) ValueAndSlope(V x)
        {
            V square = x * x;
            V s = Vectors.Sigmoid(x * (Vector256.Create(Linear) + (Vector256.Create(Cubic) * square)));
            V inner = Vector256.Create(Linear) + (Vector256.Create(3 * Cubic) * square);
            return (x * s, s + (x * s * (V.One - s) * inner));
        }
    }

    private readonly struct Relu2 : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Value(V x)
        {
            V positive = Vector256.Max(x, V.Zero);
            return positive * positive;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (V Value, V Slope) ValueAndSlope(V x)
        {
            V positive = Vector256.Max(x, V.Zero);
            return (positive * positive, positive + positive);
        }
    }

    private readonly struct Silu : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Value(V x) => x * Vectors.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static (V Value, V Slope) ValueAndSlope(V x)
        {
            V s = Vectors.Sigmoid(x);
            return (x * s, s * (V.One + (x * (V.One - s))));
        }
    }
}
