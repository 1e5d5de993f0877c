using System.Runtime.InteropServices;

namespace Vestige.Language.Sources;

/// <summary>What the first reading found of a file of one plain text, as a listing keeps it: whether it had a mark, line ends changed, then its run and those of its
/// sections.</summary>
internal static class ListedText
{
    private static readonly int s_runSize = Marshal.SizeOf<TextRun>();

    /// <summary>Packs it; null where the text is read from elsewhere than the file, or could not be used.</summary>
    internal static byte[]? Pack(IndexedFile file)
    {
        if (IsElsewhere(file) || file.Fault is not null || file.Documents is not [{ Line: 0, Document: { } document }]) return null;
        byte[] packed = new byte[9 + (s_runSize * (1 + document.Sections.Count))];
        packed[0] = file.HadMark ? (byte)1 : (byte)0;
        MemoryMarshal.Write(packed.AsSpan(1), document.LineEndsChanged);
        MemoryMarshal.Write(packed.AsSpan(9), document.Whole);
        MemoryMarshal.AsBytes<TextRun>([.. document.Sections]).CopyTo(packed.AsSpan(9 + s_runSize));
        return packed;
    }

    /// <summary>Whether the text is read from elsewhere than the file, so that each process must take it out of the file anew.</summary>
    internal static bool IsElsewhere(IndexedFile file) => file.SpoolStart >= 0;

    /// <summary>Unpacks it: the document, and whether its file began with a mark; null where sections are wanted and were not then.</summary>
    internal static (IndexedDocument Document, bool HadMark)? Unpack(byte[] packed, bool sections)
    {
        TextRun[] runs = MemoryMarshal.Cast<byte, TextRun>(packed.AsSpan(9)).ToArray();
        if (sections && runs.Length == 1) return null;
        return (new IndexedDocument(runs[0], sections ? runs[1..] : [], MemoryMarshal.Read<long>(packed.AsSpan(1))), packed[0] == 1);
    }
}
