using System.Buffers.Binary;

namespace Vestige.Language.Storage;

/// <summary>How the packed files of text models begin: a magic, a version of one byte, the length of a passage, and hashes of the documents that were learnt
/// (their number, then 16 bytes each, highest first).</summary>
internal static class ModelHeader
{
    internal static void Write(Packer to, ReadOnlySpan<byte> magic, int version, int passageBytes, IReadOnlyCollection<UInt128> documents)
    {
        to.Add(magic);
        to.AddNumber(version);
        to.AddNumber(passageBytes);
        to.AddNumber(documents.Count);
        byte[] hash = new byte[16];
        foreach (UInt128 document in documents)
        {
            BinaryPrimitives.WriteUInt128BigEndian(hash, document);
            to.Add(hash);
        }
    }

    /// <summary>Reads it; what follows is read from <paramref name="from"/>.</summary>
    /// <param name="bytes">The file, which begins with the magic.</param>
    /// <param name="magic">Of the kind.</param>
    /// <param name="known">The version that this program reads, under 128.</param>
    /// <param name="from">Stands behind the header.</param>
    /// <exception cref="InvalidDataException">It is damaged or of another version; the message says which, without a name.</exception>
    internal static (int PassageBytes, IReadOnlyList<UInt128> Documents) Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> magic, int known, out Unpacker from)
    {
        if (bytes.Length > magic.Length && bytes[magic.Length] is var version && version != known)
        {
            string use = version > known ? "a newer vestige" : "the vestige that wrote it";
            throw new InvalidDataException($"it is of version {version}, and this program reads version {known}: use {use}");
        }
        from = new Unpacker(bytes);
        from.Bytes(magic.Length + 1);
        int passageBytes = (int)from.Number(1, Sources.TextOptions.Longest);
        long count = from.Number(0, bytes.Length / 16);
        List<UInt128> documents = [];
        for (long i = 0; i < count; i++) documents.Add(BinaryPrimitives.ReadUInt128BigEndian(from.Bytes(16)));
        return (passageBytes, documents);
    }
}
