namespace Vestige.Language.Sources;

/// <summary>A document: a run of a file, or (with a fault) what cannot be read of one.</summary>
/// <param name="File">Number of the file.</param>
/// <param name="Line">Line of its record, or 0.</param>
/// <param name="Section">Number of the section, from 1, or 0.</param>
/// <param name="Run">Where it is.</param>
/// <param name="Bytes">Its share of the file as it is stored.</param>
/// <param name="Spooled">Whether it is read from the spool.</param>
/// <param name="Whole">For a section, the hash of the document that it was cut out of.</param>
/// <param name="Group">A hash of what records are grouped by; 0 where they are not.</param>
/// <param name="Fault">Why it cannot be used, or null.</param>
internal readonly record struct TextPiece(int File, int Line, int Section, TextRun Run, long Bytes, bool Spooled, UInt128 Whole,
    UInt128 Group, string? Fault)
{
    /// <summary>The documents of a file.</summary>
    /// <param name="file">As the first reading found it.</param>
    /// <param name="number">Its number.</param>
    /// <param name="sections">Whether its documents are cut into sections.</param>
    internal static IEnumerable<TextPiece> Of(IndexedFile file, int number, bool sections)
    {
        bool spooled = file.SpoolStart >= 0;
        long stored = file.File.Found.Bytes;
        long all = file.Documents.Sum(document => document.Document.Whole.Length), before = 0;
        if (file.Fault is { } fault) yield return new TextPiece(number, 0, 0, default, file.Documents.Count == 0 ? stored : 0, false, 0, 0, fault);
        foreach ((int line, IndexedDocument document) in file.Documents)
        {
            if (sections && document.Sections.Count > 1)
            {
                for (int i = 0; i < document.Sections.Count; i++)
                    yield return new TextPiece(number, line, i + 1, document.Sections[i], Share(document.Sections[i]), spooled, document.Whole.Content, document.Group, null);
            }
            else
            {
                yield return new TextPiece(number, line, 0, document.Whole, Share(document.Whole), spooled, 0, document.Group, null);
            }
            before += document.Whole.Length;
        }

        // Rounded at both ends, so that the shares of all of a file add up to it.
        long Share(TextRun run) => Part(before + run.Offset + run.Length) - Part(before + run.Offset);
        long Part(long position) => all == 0 ? 0 : (long)((Int128)stored * position / all);
    }
}
