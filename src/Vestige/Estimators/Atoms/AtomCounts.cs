using Vestige.Figures;
using Vestige.Samples;

namespace Vestige.Estimators.Atoms;

/// <summary>One sample by atoms: in how many units each stands, and what each group of documents that the jackknife leaves out has of it.</summary>
/// <remarks>A unit counts once where atoms are looked up in the sample, and as often as its source has it (<see cref="AtomSample.CopiesOf"/>)
/// where shares are taken of the sample.</remarks>
internal sealed class AtomCounts
{
    private readonly Entry[][] _groups;

    /// <summary>What a group of documents holds of an atom.</summary>
    /// <param name="Atom">Its number.</param>
    /// <param name="Units">Units that hold it.</param>
    /// <param name="Queries">The same, copies counted.</param>
    /// <param name="Documents">Documents that hold it.</param>
    internal readonly record struct Entry(int Atom, int Units, int Queries, int Documents);

    /// <summary>Counts a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="index">Numbers of atoms; those it does not know are left out.</param>
    /// <param name="groups">Groups to leave out; null for as many as its documents make.</param>
    internal AtomCounts(AtomSample sample, AtomIndex index, int? groups = null)
    {
        Sample = sample;
        Units = new int[index.Count];
        Queries = new int[index.Count];
        int count = groups ?? Jackknife.Groups(sample.Documents);
        Parts = new Part[count];
        _groups = new Entry[count][];
        int[] units = new int[index.Count], queries = new int[index.Count], documents = new int[index.Count], last = new int[index.Count];
        Array.Fill(last, -1);
        var touched = new List<int>();
        // Documents in their order, so that those of one stand together.
        foreach (IGrouping<int, int> group in Enumerable.Range(0, sample.Units).OrderBy(sample.DocumentOf).GroupBy(unit => Jackknife.GroupOf(sample.DocumentOf(unit), count)))
        {
            touched.Clear();
            var part = new Part();
            foreach (int unit in group)
            {
                int document = sample.DocumentOf(unit), copies = sample.CopiesOf(unit);
                part = part with { Units = part.Units + 1, Size = part.Size + sample.SizeOf(unit) };
                foreach (ulong atom in sample.AtomsOf(unit))
                {
                    int id = index.Find(atom);
                    if (id < 0) continue;
                    if (units[id] == 0) touched.Add(id);
                    units[id]++;
                    queries[id] += copies;
                    if (last[id] != document) documents[id]++;
                    last[id] = document;
                    part = part with { Queries = part.Queries + copies };
                }
            }
            var entries = new Entry[touched.Count];
            for (int i = 0; i < entries.Length; i++)
            {
                int id = touched[i];
                entries[i] = new Entry(id, units[id], queries[id], documents[id]);
                Units[id] += units[id];
                Queries[id] += queries[id];
                units[id] = queries[id] = documents[id] = 0;
            }
            _groups[group.Key] = entries;
            Parts[group.Key] = part;
        }
        // A sum over groups in their order: the same with any order of units.
        for (int g = 0; g < count; g++)
        {
            _groups[g] ??= [];
            Whole = Whole.Plus(Parts[g], +1);
        }
    }

    /// <summary>How much a sample, or a group of it, is.</summary>
    /// <param name="Units">Units.</param>
    /// <param name="Size">Units with short ones as the part that they are.</param>
    /// <param name="Queries">Incidences of atoms kept, copies counted.</param>
    internal readonly record struct Part(int Units, double Size, long Queries)
    {
        internal Part Plus(Part other, int sign) => new(Units + (sign * other.Units), Size + (sign * other.Size), Queries + (sign * other.Queries));

        /// <summary>Units that are as much as so many whole ones.</summary>
        internal double UnitsOf(double size) => Size == Units ? size : size * Units / Size;
    }

    internal AtomSample Sample { get; }

    /// <summary>Units that hold each atom.</summary>
    internal int[] Units { get; }

    /// <summary>The same, copies counted.</summary>
    internal int[] Queries { get; }

    /// <summary>Number of groups.</summary>
    internal int Groups => _groups.Length;

    internal Part Whole { get; }

    internal Part[] Parts { get; }

    /// <summary>The sample without a group; whole for -1.</summary>
    internal Part Without(int group) => group < 0 ? Whole : Whole.Plus(Parts[group], -1);

    /// <summary>Good-Turing with documents as the draws: the share of the sample whose atom stands in one document only.</summary>
    internal double ShareInOneDocument()
    {
        int[] documents = new int[Units.Length];
        foreach (Entry[] group in _groups)
            foreach (Entry entry in group) documents[entry.Atom] += entry.Documents;
        long alone = 0;
        for (int id = 0; id < documents.Length; id++)
            if (documents[id] == 1) alone += Queries[id];
        return (double)alone / Whole.Queries;
    }

    /// <summary>What a group holds.</summary>
    internal ReadOnlySpan<Entry> GroupOf(int group) => _groups[group];
}
