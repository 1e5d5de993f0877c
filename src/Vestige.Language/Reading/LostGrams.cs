using System.Globalization;
using System.Text;
using Vestige.Language.Views;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Language.Reading;

/// <summary>What held-out text says most often that a row never says.</summary>
internal sealed class LostGrams
{
    /// <summary>Passages of H that are searched, and of G: the same number, as chance alone leaves out what is rare.</summary>
    internal const int MostPassages = 4000;

    /// <summary>Grams shown.</summary>
    internal const int Most = 12;

    private readonly IGramView _view;
    private readonly IReadOnlyList<Entry<Passage>> _heldOut;

    // Atoms of H in two passages or more, the most frequent first, and in how many.
    private readonly (ulong Atom, int Passages)[] _frequent;
    private readonly int _passages;

    internal LostGrams(IGramView view, IReadOnlyList<Entry<Passage>> heldOut)
    {
        (_view, _heldOut) = (view, heldOut);
        var counts = new Dictionary<ulong, int>();
        var atoms = new HashSet<ulong>();
        foreach (Passage passage in First(DocumentText.Read(heldOut)))
        {
            _passages++;
            atoms.Clear();
            view.Atoms(passage, atoms);
            foreach (ulong atom in atoms)
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, atom, out _)++;
        }
        _frequent = [.. counts.Where(c => c.Value > 1).Select(c => (c.Key, c.Value)).OrderByDescending(c => c.Value).ThenBy(c => c.Key)];
    }

    /// <summary>The exhibit; null where the row says all that is frequent.</summary>
    internal Exhibit? Of(string row, IEnumerable<IReadOnlyList<Passage>> generated)
    {
        var said = new HashSet<ulong>();
        int passages = 0;
        foreach (Passage passage in First(generated).Take(_passages))
        {
            passages++;
            _view.Atoms(passage, said);
        }
        Dictionary<ulong, int> lost = _frequent.Where(f => !said.Contains(f.Atom)).Take(Most).ToDictionary(f => f.Atom, f => f.Passages);
        if (lost.Count == 0) return null;
        return new Exhibit(row, "lost", string.Create(CultureInfo.InvariantCulture,
            $"{char.ToUpperInvariant(_view.Element[0])}{_view.Element[1..]}s that stand in most of {_passages} held-out passages and in none of {passages} of {row}."), [])
        {
            Spans = [.. Quote(lost).OrderByDescending(q => q.Passages).ThenBy(q => q.Span.Text, StringComparer.Ordinal).Select(q => q.Span)],
        };
    }

    /// <summary>The grams as they stand where H first has them.</summary>
    private IEnumerable<(TextSpan Span, int Passages)> Quote(Dictionary<ulong, int> lost)
    {
        var left = new HashSet<ulong>(lost.Keys);
        List<Gram> grams = [];
        foreach (Passage passage in First(DocumentText.Read(_heldOut)))
        {
            grams.Clear();
            _view.Grams(passage, grams);
            foreach (Gram gram in grams.Where(g => left.Remove(g.Atom)))
            {
                yield return (new TextSpan(Encoding.UTF8.GetString(passage.Span.Slice(gram.Start, gram.Length)), "lost", string.Create(CultureInfo.InvariantCulture,
                    $"in {lost[gram.Atom]} held-out passages; {passage.Document}, byte {passage.Offset + gram.Start}")), lost[gram.Atom]);
            }
            if (left.Count == 0) yield break;
        }
    }

    private static IEnumerable<Passage> First(IEnumerable<IReadOnlyList<Passage>> documents) => documents.SelectMany(d => d).Take(MostPassages);
}
