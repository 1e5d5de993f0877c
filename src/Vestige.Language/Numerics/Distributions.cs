using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector256<double>;

namespace Vestige.Language.Numerics;

/// <summary>How two distributions over the same symbols differ.</summary>
/// <param name="Lost">Total variation, <c>sum (p - q)+</c>: mass of p that q lost, and as much that it invented; 0 to 1.</param>
/// <param name="Divergence">KL(p||q) in bits; infinite where q gives 0 to what p does not.</param>
/// <param name="Reverse">KL(q||p) in bits.</param>
/// <param name="JensenShannon">Jensen-Shannon divergence in bits, 0 to 1.</param>
/// <param name="SameTop">Whether both find the same symbol the most probable, the lowest of equals.</param>
/// <param name="LogP">Natural logarithm of p of the symbol that stands there.</param>
/// <param name="LogQ">The same of q.</param>
internal readonly record struct Difference(double Lost, double Divergence, double Reverse, double JensenShannon, bool SameTop, double LogP, double LogQ);

/// <summary>Sums over distributions that are given by logits, in double precision and a written order.</summary>
internal sealed class Distributions
{
    private double[] _p = [], _q = [];
    private float[] _padded = [];

    /// <summary><c>ln sum exp(logit)</c>.</summary>
    internal static double LogSumExp(ReadOnlySpan<float> logits)
    {
        double most = Most(logits, out _);
        V sum = V.Zero, largest = Vector256.Create(most);
        ref float first = ref MemoryMarshal.GetReference(logits);
        int i = 0;
        for (; i <= logits.Length - V.Count; i += V.Count) sum += Vector256.Exp(Load(ref first, i) - largest);
        double rest = 0;
        for (; i < logits.Length; i++) rest += Math.Exp(logits[i] - most);
        return most + Math.Log(Number(Add(sum) + rest));
    }

    /// <summary>Compares what two models say of a position.</summary>
    /// <param name="ofP">Logits of p.</param>
    /// <param name="ofQ">Logits of q. Symbols that only one of the two has, at the end, have probability 0 in the other.</param>
    /// <param name="symbol">The symbol that stands there.</param>
    /// <exception cref="InvalidDataException">One of them gives what is no number.</exception>
    internal Difference Compare(ReadOnlySpan<float> ofP, ReadOnlySpan<float> ofQ, int symbol)
    {
        int count = Math.Max(ofP.Length, ofQ.Length);
        if (_p.Length < count) (_p, _q) = (new double[count], new double[count]);
        ofP = Padded(ofP, count);
        ofQ = Padded(ofQ, count);
        double mostP = Most(ofP, out int topP), mostQ = Most(ofQ, out int topQ);
        double sumP = Exponentials(_p, ofP, mostP), sumQ = Exponentials(_q, ofQ, mostQ);
        double logP = mostP + Math.Log(sumP), logQ = mostQ + Math.Log(sumQ);

        ref double firstP = ref MemoryMarshal.GetArrayDataReference(_p), firstQ = ref MemoryMarshal.GetArrayDataReference(_q);
        ref float ofFirstP = ref MemoryMarshal.GetReference(ofP), ofFirstQ = ref MemoryMarshal.GetReference(ofQ);
        V lost = V.Zero, forth = V.Zero, back = V.Zero, shared = V.Zero;
        V scaleP = Vector256.Create(1 / sumP), scaleQ = Vector256.Create(1 / sumQ), normP = Vector256.Create(logP), normQ = Vector256.Create(logQ);
        V half = Vector256.Create(0.5);
        int i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            V p = Vector256.LoadUnsafe(ref firstP, (nuint)i) * scaleP, q = Vector256.LoadUnsafe(ref firstQ, (nuint)i) * scaleQ;
            V lnP = Load(ref ofFirstP, i) - normP, lnQ = Load(ref ofFirstQ, i) - normQ, lnM = Vector256.Log((p + q) * half);
            lost += Vector256.Max(p - q, V.Zero);
            // What has no probability adds nothing, though its logarithm is infinite.
            V isP = Vector256.GreaterThan(p, V.Zero), isQ = Vector256.GreaterThan(q, V.Zero);
            forth += Vector256.ConditionalSelect(isP, p * (lnP - lnQ), V.Zero);
            back += Vector256.ConditionalSelect(isQ, q * (lnQ - lnP), V.Zero);
            shared += Vector256.ConditionalSelect(isP, p * (lnP - lnM), V.Zero) + Vector256.ConditionalSelect(isQ, q * (lnQ - lnM), V.Zero);
        }
        double restLost = 0, restForth = 0, restBack = 0, restShared = 0;
        for (; i < count; i++)
        {
            double p = _p[i] / sumP, q = _q[i] / sumQ, lnP = ofP[i] - logP, lnQ = ofQ[i] - logQ, lnM = Math.Log((p + q) / 2);
            restLost += Math.Max(p - q, 0);
            if (p > 0) (restForth, restShared) = (restForth + (p * (lnP - lnQ)), restShared + (p * (lnP - lnM)));
            if (q > 0) (restBack, restShared) = (restBack + (q * (lnQ - lnP)), restShared + (q * (lnQ - lnM)));
        }
        double bit = Math.Log(2);
        // Rounding can take what is 0 a little below it.
        return new Difference(Add(lost) + restLost, Math.Max(0, (Add(forth) + restForth) / bit), Math.Max(0, (Add(back) + restBack) / bit),
            Math.Max(0, (Add(shared) + restShared) / (2 * bit)), topP == topQ, ofP[symbol] - logP, ofQ[symbol] - logQ);
    }

    private static double Exponentials(double[] into, ReadOnlySpan<float> logits, double most)
    {
        ref float first = ref MemoryMarshal.GetReference(logits);
        ref double to = ref MemoryMarshal.GetArrayDataReference(into);
        V sum = V.Zero, largest = Vector256.Create(most);
        int i = 0;
        for (; i <= logits.Length - V.Count; i += V.Count)
        {
            V e = Vector256.Exp(Load(ref first, i) - largest);
            e.StoreUnsafe(ref to, (nuint)i);
            sum += e;
        }
        double rest = 0;
        for (; i < logits.Length; i++) rest += into[i] = Math.Exp(logits[i] - most);
        return Number(Add(sum) + rest);
    }

    private ReadOnlySpan<float> Padded(ReadOnlySpan<float> logits, int count)
    {
        if (logits.Length == count) return logits;
        if (_padded.Length < count) _padded = new float[count];
        logits.CopyTo(_padded);
        _padded.AsSpan(logits.Length, count - logits.Length).Fill(float.NegativeInfinity);
        return _padded.AsSpan(0, count);
    }

    private static double Most(ReadOnlySpan<float> logits, out int at)
    {
        at = 0;
        float most = float.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
            if (logits[i] > most) (most, at) = (logits[i], i);
        return Number(most);
    }

    // What is no number is never the most, but makes the sum none.
    private static double Number(double value) => double.IsFinite(value) ? value
        : throw new InvalidDataException("the model gives what is no probability: it is damaged, or was quantized into nonsense");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Load(ref float first, int i)
    {
        Vector128<float> x = Vector128.LoadUnsafe(ref first, (nuint)i);
        return Vector256.Create(Vector128.WidenLower(x), Vector128.WidenUpper(x));
    }

    private static double Add(V lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}
