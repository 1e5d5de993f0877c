using System.Runtime.InteropServices;
using Vestige.Estimators.Atoms;
using Vestige.Samples;
using Vestige.Views;

namespace Vestige.Audits.Documents;

/// <summary>What one view saw of a document: for each item its atoms or its points. It is its own record in a journal.</summary>
/// <remarks>Layout: <see cref="Head"/>, then for each item the number of its values (int), then the values, 8 bytes an atom, 4 a coordinate.</remarks>
internal sealed class ViewRecord(byte[] record)
{
    /// <summary>Atoms kept of one item; of more a part is kept that is halved until it fits, by the hash that thins <see cref="AtomIndex"/>.</summary>
    /// <remarks>An image of 12 megapixels has 180,000 blocks, most of them found nowhere else; thousands tell as much of it.</remarks>
    internal const int MostAtoms = 4096;

    /// <summary>Bytes of a head.</summary>
    internal static readonly int HeadSize = Marshal.SizeOf<Head>();

    /// <summary>What stands first in a record.</summary>
    /// <param name="Items">Number of items.</param>
    /// <param name="Level">Atoms were kept where the first so many bits of their hash are 0.</param>
    /// <param name="Values">Atoms kept or coordinates, of all items.</param>
    /// <param name="Whole">The same before atoms were thinned: what is kept does not tell, where a word that is in every item is kept or is not.</param>
    internal readonly record struct Head(int Items, int Level, long Values, long Whole);

    /// <summary>The record.</summary>
    internal ReadOnlySpan<byte> Record => record;

    private Head First => HeadOf(record);

    internal static Head HeadOf(ReadOnlySpan<byte> record) => MemoryMarshal.Read<Head>(record);

    /// <summary>Looks at a document's items.</summary>
    /// <param name="view">Through what.</param>
    /// <param name="items">The items.</param>
    /// <param name="most">Atoms to keep of an item.</param>
    /// <param name="mostOfAll">Atoms to keep of all items together, as far as halving their number each time foretells it.</param>
    internal static ViewRecord At<TItem>(IView<TItem> view, IReadOnlyList<TItem> items, int most = MostAtoms, int mostOfAll = int.MaxValue) => view switch
    {
        IAtomView<TItem> atoms => Atoms(atoms, items, most, mostOfAll),
        IPointView<TItem> points => Points(points, items),
        _ => throw new InvalidOperationException($"View {view.Name} is neither discrete nor continuous."),
    };

    /// <summary>Whether thinning to a level keeps an atom.</summary>
    internal static bool Keeps(int level, ulong atom) => AtomIndex.Hash(atom) <= ulong.MaxValue >> level;

    /// <summary>Adds the first items' atoms, thinned to a level that is at least this look's.</summary>
    internal void AddAtoms<TItem>(SampledDocument<TItem> document, int level, AtomSample to)
    {
        Head head = First;
        var kept = new List<ulong>();
        int offset = HeadSize + (4 * head.Items);
        int items = Math.Min(document.Items, head.Items);
        for (int i = 0; i < items; i++)
        {
            ReadOnlySpan<ulong> atoms = Values<ulong>(i, ref offset);
            kept.Clear();
            foreach (ulong atom in atoms)
                if (level == head.Level || Keeps(level, atom)) kept.Add(atom);
            to.Add(document.Cluster, kept, document.Weight, i == items - 1 ? document.LastSize : 1);
        }
    }

    /// <summary>Adds the first items' points.</summary>
    internal void AddPoints<TItem>(SampledDocument<TItem> document, PointSample to)
    {
        Head head = First;
        int offset = HeadSize + (4 * head.Items);
        for (int i = 0; i < Math.Min(document.Items, head.Items); i++) to.Add(document.Cluster, Values<float>(i, ref offset), document.Weight);
    }

    private ReadOnlySpan<T> Values<T>(int item, ref int offset)
        where T : unmanaged
    {
        int size = Marshal.SizeOf<T>() * MemoryMarshal.Read<int>(record.AsSpan(HeadSize + (4 * item)));
        ReadOnlySpan<byte> bytes = record.AsSpan(offset, size);
        offset += size;
        return MemoryMarshal.Cast<byte, T>(bytes);
    }

    private static ViewRecord Atoms<TItem>(IAtomView<TItem> view, IReadOnlyList<TItem> items, int most, int mostOfAll)
    {
        ulong[][] kept = new ulong[items.Count][];
        var set = new HashSet<ulong>();
        int level = 0;
        long whole = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            set.Clear();
            view.Atoms(items[i], set);
            kept[i] = Thinned(set, level);
            whole += set.Count;
            int before = level;
            while (kept[i].Length > most || Math.ScaleB(whole, -level) > mostOfAll) kept[i] = Thinned(kept[i], ++level);
            // At once, so that no more is held than will be kept.
            for (int j = 0; level > before && j < i; j++) kept[j] = Thinned(kept[j], level);
        }
        return Of(level, whole, kept);
    }

    private static ulong[] Thinned(IEnumerable<ulong> atoms, int level) => [.. atoms.Where(atom => Keeps(level, atom))];

    private static ViewRecord Points<TItem>(IPointView<TItem> view, IReadOnlyList<TItem> items)
    {
        float[][] values = new float[items.Count][];
        var list = new List<float>();
        for (int i = 0; i < values.Length; i++)
        {
            list.Clear();
            view.Points(items[i], list);
            values[i] = [.. list];
        }
        return Of(0, values.Sum(value => (long)value.Length), values);
    }

    private static ViewRecord Of<T>(int level, long whole, T[][] values)
        where T : unmanaged
    {
        var head = new Head(values.Length, level, values.Sum(v => (long)v.Length), whole);
        byte[] record = new byte[HeadSize + (4 * values.Length) + (Marshal.SizeOf<T>() * head.Values)];
        MemoryMarshal.Write(record, head);
        int offset = HeadSize + (4 * values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            MemoryMarshal.Write(record.AsSpan(HeadSize + (4 * i)), values[i].Length);
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes<T>(values[i]);
            bytes.CopyTo(record.AsSpan(offset));
            offset += bytes.Length;
        }
        return new ViewRecord(record);
    }
}
