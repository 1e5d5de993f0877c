using Vestige.Figures;
using Vestige.Samples;

namespace Vestige.Estimators.Atoms;

/// <summary>One sample by atoms: in how many units each stands, and what each group of documents that the jackknife leaves out has of it.</summary>
/// <remarks>A unit counts once where atoms are looked up in the sample, and as often as its source has it (<see cref="AtomSample.CopiesOf"/>)
/// where shares are taken of the sample.</remarks>
internal sealed class AtomCounts
{
    private readonly Group[] _groups;

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
        (SampleUnits, Documents) = (sample.Units, sample.Documents);
        Units = new int[index.Count];
        Queries = Enumerable.Range(0, sample.Units).Any(unit => sample.CopiesOf(unit) > 1) ? new int[index.Count] : Units;
        int count = groups ?? Jackknife.Groups(sample.Documents);
        Parts = new Part[count];
        _groups = new Group[count];
        Array.Fill(_groups, new Group([], []));
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
            int once = touched.Count(id => queries[id] == 1);
            var made = _groups[group.Key] = new Group(new int[once], new Entry[touched.Count - once]);
            int more = 0;
            once = 0;
            foreach (int id in touched)
            {
                var entry = new Entry(id, units[id], queries[id], documents[id]);
                if (entry.Queries == 1) made.Once[once++] = id;
                else made.More[more++] = entry;
                Move(entry, +1);
                units[id] = queries[id] = documents[id] = 0;
            }
            Parts[group.Key] = part;
        }
        // A sum over groups in their order: the same with any order of units.
        foreach (Part part in Parts) Whole = Whole.Plus(part, +1);
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

    /// <summary>Units of the sample.</summary>
    internal int SampleUnits { get; }

    /// <summary>Documents of the sample.</summary>
    internal int Documents { get; }

    /// <summary>Units that hold each atom.</summary>
    internal int[] Units { get; }

    /// <summary>The same, copies counted: the same array where there are none.</summary>
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
        for (int group = 0; group < _groups.Length; group++)
            foreach (Entry entry in GroupOf(group)) documents[entry.Atom] += entry.Documents;
        long alone = 0;
        for (int id = 0; id < documents.Length; id++)
            if (documents[id] == 1) alone += Queries[id];
        return (double)alone / Whole.Queries;
    }

    /// <summary>What a group holds, in no order that means anything.</summary>
    internal Entries GroupOf(int group) => new(_groups[group]);

    /// <summary>Takes what a group holds of an atom away from the sample (-1) or puts it back (+1).</summary>
    internal void Move(Entry entry, int sign)
    {
        Units[entry.Atom] += sign * entry.Units;
        if (Queries != Units) Queries[entry.Atom] += sign * entry.Queries;
    }

    /// <summary>What a group holds: most of its atoms once, of which the number says all.</summary>
    internal readonly record struct Group(int[] Once, Entry[] More);

    /// <summary>Goes through a group.</summary>
    internal struct Entries(Group group)
    {
        private int _at = -1;

        public readonly Entries GetEnumerator() => this;

        public readonly Entry Current => _at < group.Once.Length ? new Entry(group.Once[_at], 1, 1, 1) : group.More[_at - group.Once.Length];

        public bool MoveNext() => ++_at < group.Once.Length + group.More.Length;
    }
}
