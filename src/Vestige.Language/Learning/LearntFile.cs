using System.Text;
using Vestige.Language.Storage;

namespace Vestige.Language.Learning;

/// <summary>A learner's model as bytes: T, coded by the model as it learnt it.</summary>
/// <remarks>
/// <c>vestige.</c> and the kind's name, a zero byte, then numbers as in <see cref="Packer"/>: version, length of a passage, hashes of the
/// documents (their number, then 16 bytes each, highest first), settings (their number, then each), texts (their number, then the length
/// of each), bytes of T coded, and these; at the end 16 bytes of the SHA-256 of all before.
/// </remarks>
internal static class LearntFile
{
    // More is not learnt in a day.
    private const long MostBytes = 1L << 33;

    internal static byte[] Magic(LearnerKind kind) => [.. "vestige."u8, .. Encoding.ASCII.GetBytes(kind.Name), 0];

    internal static void Write(Stream to, Learnt learnt, int passageBytes, IReadOnlyCollection<UInt128> documents)
    {
        using var packer = new Packer(to);
        ModelHeader.Write(packer, Magic(learnt.Kind), learnt.Kind.Version, passageBytes, documents);
        packer.AddNumber(learnt.Settings.Count);
        foreach (int setting in learnt.Settings) packer.AddNumber(setting);
        packer.AddNumber(learnt.Lengths.Count);
        foreach (int length in learnt.Lengths) packer.AddNumber(length);
        packer.AddNumber(learnt.Coded.Length);
        packer.Add(learnt.Coded);
        packer.End();
    }

    /// <exception cref="InvalidDataException">It is none, or damaged, or of another version; the message says which, without a name.</exception>
    internal static LearntText Read(string name, LearnerKind kind, ReadOnlySpan<byte> bytes)
    {
        byte[] magic = Magic(kind);
        if (!bytes.StartsWith(magic)) throw new InvalidDataException($"it is no model of the kind {kind.Name}");
        (int passageBytes, IReadOnlyList<UInt128> documents) = ModelHeader.Read(bytes, magic, kind.Version, out Unpacker from);
        int[] settings = new int[from.Number(0, 16)];
        for (int i = 0; i < settings.Length; i++) settings[i] = (int)from.Number(0, int.MaxValue);
        if (!kind.Allows(settings)) throw Unpacker.Damaged();
        int[] lengths = new int[from.Number(0, bytes.Length)];
        for (int i = 0; i < lengths.Length; i++) lengths[i] = (int)from.Number(1, Array.MaxLength);
        if (lengths.Sum(length => (long)length) is 0 or > MostBytes) throw Unpacker.Damaged();
        byte[] coded = from.Bytes(from.Number(0, Array.MaxLength)).ToArray();
        from.End();
        return new LearntText(name, Learnt.From(kind, settings, lengths, coded), SamplingOptions.Plain, passageBytes, documents);
    }
}
