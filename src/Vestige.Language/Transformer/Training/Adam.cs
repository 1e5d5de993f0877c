using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Language.Numerics;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Language.Transformer.Training;

/// <summary>AdamW: Adam (Kingma, Ba 2015) with decoupled weight decay (Loshchilov, Hutter 2019, algorithm 2).</summary>
internal static class Adam
{
    internal const float Beta1 = 0.9f;

    // 0.95, not 0.999: runs here are some thousand steps long.
    internal const float Beta2 = 0.95f;

    internal const float Epsilon = 1e-8f;

    /// <summary>One step.</summary>
    /// <param name="w">Parameters, in and out.</param>
    /// <param name="first">Running mean of the gradient, in and out.</param>
    /// <param name="second">Running mean of its square, in and out.</param>
    /// <param name="gradient">Gradient.</param>
    /// <param name="step">This step.</param>
    internal static void Update(Span<float> w, Span<float> first, Span<float> second, ReadOnlySpan<float> gradient, AdamStep step)
    {
        ref float w0 = ref MemoryMarshal.GetReference(w);
        ref float m0 = ref MemoryMarshal.GetReference(first[..w.Length]);
        ref float v0 = ref MemoryMarshal.GetReference(second[..w.Length]);
        ref float g0 = ref MemoryMarshal.GetReference(gradient[..w.Length]);
        V scale = Vector256.Create(step.GradientScale), keep = Vector256.Create(step.Keep), rate = Vector256.Create(step.Rate);
        V root = Vector256.Create(step.RootScale), epsilon = Vector256.Create(Epsilon);
        V beta1 = Vector256.Create(Beta1), rest1 = Vector256.Create(1 - Beta1), beta2 = Vector256.Create(Beta2), rest2 = Vector256.Create(1 - Beta2);
        int i = 0;
        for (; i <= w.Length - Vectors.Lanes; i += Vectors.Lanes)
        {
            nuint at = (nuint)i;
            V g = Vector256.LoadUnsafe(ref g0, at) * scale;
            V m = (beta1 * Vector256.LoadUnsafe(ref m0, at)) + (rest1 * g);
            V v = (beta2 * Vector256.LoadUnsafe(ref v0, at)) + (rest2 * (g * g));
            m.StoreUnsafe(ref m0, at);
            v.StoreUnsafe(ref v0, at);
            ((Vector256.LoadUnsafe(ref w0, at) * keep) - (rate * m / ((Vector256.Sqrt(v) * root) + epsilon))).StoreUnsafe(ref w0, at);
        }

        for (; i < w.Length; i++)
        {
            float g = gradient[i] * step.GradientScale;
            first[i] = (Beta1 * first[i]) + ((1 - Beta1) * g);
            second[i] = (Beta2 * second[i]) + ((1 - Beta2) * (g * g));
            w[i] = (w[i] * step.Keep) - (step.Rate * first[i] / ((MathF.Sqrt(second[i]) * step.RootScale) + Epsilon));
        }
    }
}

/// <summary>What one step of Adam has in common for all parameters.</summary>
/// <param name="GradientScale">Factor on the gradient, from clipping.</param>
/// <param name="Keep">1 - learning rate x decay.</param>
/// <param name="Rate">Learning rate over 1 - β1^t.</param>
/// <param name="RootScale">1 / sqrt(1 - β2^t).</param>
internal readonly record struct AdamStep(float GradientScale, float Keep, float Rate, float RootScale);
