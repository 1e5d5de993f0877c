using System.Runtime.InteropServices;
using System.Text;
using Vestige.Audits.Reading;
using Vestige.Language.Strings;
using Vestige.Language.Views;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Language.Reading;

/// <summary>Passages of a row as a person reads them: each byte marked by whether it was copied, is real, or was made up.</summary>
internal sealed class SampleSpans(IGramView view, CopyIndex index, RealItems<Passage> real)
{
    /// <summary>Passages shown of a row, each of another document where there are so many.</summary>
    internal const int Most = 4;

    /// <summary>Bytes shown of a passage.</summary>
    internal const int MostBytes = 2048;

    /// <summary>What a byte is; of several that hold, the one that stands last.</summary>
    private enum Kind : byte
    {
        Plain,
        Real,
        Novel,
        Copied,
    }

    internal IEnumerable<Exhibit> Of(string row, IEnumerable<IReadOnlyList<Passage>> generated)
    {
        Passage[] passages = [.. generated.Take(Most).Select(document => Short(document[0]))];
        var inTraining = new Dictionary<ulong, bool>();
        List<Gram>[] grams = [.. passages.Select(GramsOf)];
        foreach (Gram gram in grams.SelectMany(g => g)) inTraining[gram.Atom] = false;
        var inHeldOut = new Dictionary<ulong, bool>(inTraining);
        Mark(real.Training, inTraining);
        Mark(real.HeldOut, inHeldOut);
        for (int i = 0; i < passages.Length; i++)
        {
            yield return new Exhibit(row, "sample", $"{row} said ({passages[i].Document}). Marked: copied from the training text, at least {CopyReport.CopiedCharacters} "
                + $"characters on end; {view.Element}s that are not in the training text but in held-out text; {view.Element}s that are in neither.", [])
            {
                Spans = Spans(passages[i], grams[i], inTraining, inHeldOut),
            };
        }
    }

    private static Passage Short(Passage passage) =>
        passage.Length <= MostBytes ? passage : new Passage(passage.Bytes[..MostBytes], passage.Document, passage.Offset);

    private List<Gram> GramsOf(Passage passage)
    {
        List<Gram> grams = [];
        view.Grams(passage, grams);
        return grams;
    }

    /// <summary>Says which of the atoms asked for a sample holds: one pass, in no more memory than a document and the atoms take.</summary>
    private void Mark(IEnumerable<Entry<Passage>> sample, Dictionary<ulong, bool> asked)
    {
        var atoms = new HashSet<ulong>();
        foreach (IReadOnlyList<Passage> document in DocumentText.Read(sample))
        {
            atoms.Clear();
            foreach (Passage passage in document) view.Atoms(passage, atoms);
            foreach (ulong atom in atoms)
            {
                ref bool found = ref CollectionsMarshal.GetValueRefOrNullRef(asked, atom);
                if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref found)) found = true;
            }
        }
    }

    private List<TextSpan> Spans(Passage passage, List<Gram> grams, Dictionary<ulong, bool> inTraining, Dictionary<ulong, bool> inHeldOut)
    {
        var kinds = new Kind[passage.Length];
        string?[] sources = new string?[passage.Length];
        foreach (Gram gram in grams)
        {
            if (inTraining[gram.Atom]) continue;
            Kind kind = inHeldOut[gram.Atom] ? Kind.Real : Kind.Novel;
            foreach (ref Kind at in kinds.AsSpan(gram.Start, gram.Length)) at = at > kind ? at : kind;
        }
        foreach ((int start, int length, string source) in index.Copies(passage))
        {
            kinds.AsSpan(start, length).Fill(Kind.Copied);
            sources.AsSpan(start, length).Fill(source);
        }

        List<TextSpan> spans = [];
        for (int start = 0, end; start < kinds.Length; start = end)
        {
            for (end = start + 1; end < kinds.Length && Same(start, end); end++) { }
            // Characters are not torn apart: a span that would end inside one takes all of it.
            while (end < kinds.Length && (passage.Span[end] & 0xC0) == 0x80) end++;
            spans.Add(new TextSpan(Encoding.UTF8.GetString(passage.Span[start..end]), Word(kinds[start]), sources[start]));
        }
        return spans;

        bool Same(int a, int b) => kinds[a] == kinds[b] && sources[a] == sources[b];
    }

    private static string Word(Kind kind) => kind switch
    {
        Kind.Copied => "copied",
        Kind.Novel => "novel",
        Kind.Real => "real",
        _ => "plain",
    };
}
