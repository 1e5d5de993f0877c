using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vestige.Images.Planes;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Vestige.Images.Paired.Ssimulacra;

/// <summary>From sRGB to the rescaled XYB of SSIMULACRA 2 (its constants: libjxl's opsin absorbance).</summary>
internal static class Xyb
{
    private const float Bias = 0.0037930732552754493f, RootOfBias = 0.15595420054924863f;

    /// <summary>Linear light of an sRGB value (IEC 61966-2-1).</summary>
    internal static readonly float[] Linear = [.. Enumerable.Range(0, 256).Select(i =>
    {
        double v = i / 255.0;
        return (float)(v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4));
    })];

    /// <summary>Splits a row of interleaved sRGB into linear channels, the last pixel once more behind it.</summary>
    internal static void Linearize(ReadOnlySpan<byte> rgb, Span<float> red, Span<float> green, Span<float> blue)
    {
        ref float table = ref MemoryMarshal.GetArrayDataReference(Linear);
        int width = rgb.Length / 3;
        for (int x = 0, i = 0; x < width; x++, i += 3)
        {
            red[x] = Unsafe.Add(ref table, rgb[i]);
            green[x] = Unsafe.Add(ref table, rgb[i + 1]);
            blue[x] = Unsafe.Add(ref table, rgb[i + 2]);
        }
        (red[width], green[width], blue[width]) = (red[width - 1], green[width - 1], blue[width - 1]);
    }

    /// <summary>Converts whole vectors of linear channels; all spans are of one length, a multiple of eight.</summary>
    internal static void Convert(
        ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, Span<float> toX, Span<float> toY, Span<float> toB)
    {
        ref float r = ref MemoryMarshal.GetReference(red), g = ref MemoryMarshal.GetReference(green), b = ref MemoryMarshal.GetReference(blue);
        ref float px = ref MemoryMarshal.GetReference(toX), py = ref MemoryMarshal.GetReference(toY), pb = ref MemoryMarshal.GetReference(toB);
        V bias = Vector256.Create(Bias), root = Vector256.Create(RootOfBias), half = Vector256.Create(0.5f);
        for (nuint i = 0; i < (nuint)red.Length; i += Plane.Lanes)
        {
            V vr = Vector256.LoadUnsafe(ref r, i), vg = Vector256.LoadUnsafe(ref g, i), vb = Vector256.LoadUnsafe(ref b, i);
            V l = CubeRoot(Mix(vr, 0.30f, vg, 0.622f, vb, 0.078f, bias)) - root;
            V m = CubeRoot(Mix(vr, 0.23f, vg, 0.692f, vb, 0.078f, bias)) - root;
            V s = CubeRoot(Mix(vr, 0.24342268924547819f, vg, 0.20476744424496821f, vb, 0.55180986650955360f, bias)) - root;
            V y = (l + m) * half;
            Vector256.FusedMultiplyAdd((l - m) * half, Vector256.Create(14f), Vector256.Create(0.42f)).StoreUnsafe(ref px, i);
            (y + Vector256.Create(0.01f)).StoreUnsafe(ref py, i);
            (s - y + Vector256.Create(0.55f)).StoreUnsafe(ref pb, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Mix(V red, float r, V green, float g, V blue, float b, V bias) =>
        Vector256.FusedMultiplyAdd(blue, Vector256.Create(b),
            Vector256.FusedMultiplyAdd(green, Vector256.Create(g), Vector256.FusedMultiplyAdd(red, Vector256.Create(r), bias)));

    /// <summary>The cube root of values of about 0.003 to 1.1, to 1 ulp or so.</summary>
    /// <remarks>A third of the exponent, then two of Halley's steps: 4 % off, 2e-5, rounding. The last is written as a small
    /// correction, so that its quotient's rounding does not count.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V CubeRoot(V x)
    {
        V guess = Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(x.AsInt32()), Vector256.Create(1f / 3), Vector256.Create(709958130f));
        V t = Vector256.ConvertToInt32(guess).AsSingle();
        V cube = t * t * t;
        t = t * (cube + x + x) / (cube + cube + x);
        cube = t * t * t;
        return t - (t * (cube - x) / (cube + cube + x));
    }
}
