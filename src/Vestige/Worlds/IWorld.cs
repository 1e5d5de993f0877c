using Vestige.Compressors;
using Vestige.Sources;

namespace Vestige.Worlds;

/// <summary>A source whose <c>p</c> is known: its items are numbered, and whatever a compressor makes can be told apart.</summary>
/// <typeparam name="TItem">An item; independent draws of <c>p</c>, one a document.</typeparam>
public interface IWorld<TItem> : ISource<TItem>
{
    /// <summary>p of each item, by its number; sum 1.</summary>
    IReadOnlyList<double> Probabilities { get; }

    /// <summary>The kinds of things that p cannot give.</summary>
    IReadOnlyList<Falsehood> Falsehoods { get; }

    /// <summary>Of each item the number of what it says, where several items say the same; else null.</summary>
    IReadOnlyList<int>? Facts { get; }

    /// <summary>Whether <see cref="Enumerate"/> gives what a model says, so that nothing needs to be estimated.</summary>
    bool Enumerates => false;

    /// <summary>All that can be claimed, where wrong claims can be told from one another; else null.</summary>
    IReadOnlyList<Statement>? Statements => null;

    /// <summary>Of an item the item that says the same in another of so many ways to say it: itself where it is said in one of them.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="phrasings">How many ways are left, at least 1.</param>
    int Retold(int number, int phrasings) => number;

    /// <summary>In how many ways each thing is said; 1 in a world that makes no difference.</summary>
    int Phrasings => 1;

    /// <summary>The view whose atoms are the items of this world, so that its ledger can be held against the exact one.</summary>
    string ItemView { get; }

    /// <summary>The item of a number; the same object each time.</summary>
    TItem Item(int number);

    /// <summary>The number of an item; of something that p cannot give, the complement of its kind's place in <see cref="Falsehoods"/>.</summary>
    int NumberOf(TItem item);

    /// <summary>An item, or what is none, as text for a person; null where it cannot be shown so.</summary>
    string? Show(TItem item) => null;

    /// <summary>q of every item and of every kind of falsehood, by enumeration; null where this world cannot enumerate them.</summary>
    Masses? Enumerate(IDensity<TItem> density, IProgress<WorkProgress>? progress, CancellationToken cancel);
}

/// <summary>A kind of things that p cannot give.</summary>
/// <param name="Name">"confabulated", "garbled".</param>
/// <param name="WellFormed">It looks like an item and is none; else it looks like none.</param>
public sealed record Falsehood(string Name, bool WellFormed);

/// <summary>A distribution over the items of a world and what they are not.</summary>
/// <param name="Items">q of each item, by its number.</param>
/// <param name="Falsehoods">q of each kind of falsehood; adds up to 1 with the items.</param>
/// <param name="Error">Mass that was left out of the items and of the well-formed falsehoods at most, and counted with the last kind.</param>
public sealed record Masses(double[] Items, double[] Falsehoods, double Error)
{
    /// <summary>q of each of the world's <see cref="IWorld{TItem}.Statements"/>, in whatever words; null where the world has none.</summary>
    public IReadOnlyList<double>? Statements { get; init; }

    /// <summary>Where the last kind is all that was not enumerated.</summary>
    /// <param name="items">q of each item.</param>
    /// <param name="enumerated">q of each kind of falsehood but the last.</param>
    /// <param name="error">Mass left out.</param>
    public static Masses WithRest(double[] items, double[] enumerated, double error)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(enumerated);
        double sum = items.Sum() + enumerated.Sum();
        // Over 1 by rounding only: what a model gives are floats.
        double scale = Math.Max(1, sum);
        for (int x = 0; x < items.Length; x++) items[x] /= scale;
        return new Masses(items, [.. enumerated.Select(mass => mass / scale), Math.Max(0, 1 - (sum / scale))], error);
    }
}
