namespace Vestige.Views;

/// <summary>What makes items comparable: turns an item into discrete atoms or into real vectors.</summary>
public interface IView<in TItem>
{
    /// <summary>Name on the command line: "texture", "chars:8".</summary>
    string Name { get; }

    /// <summary>One line for <c>vestige views</c>.</summary>
    string Description { get; }

    /// <summary>What one atom or point is called in plain words: "texture", "word pair".</summary>
    string Element { get; }
}

/// <summary>A discrete view: an item holds a set of atoms.</summary>
public interface IAtomView<in TItem> : IView<TItem>
{
    /// <summary>False for a view in which simplified items are found everywhere (blocks of pixels): it gives the account of p, never that of q.</summary>
    bool Splits { get; }

    /// <summary>Adds the item's atoms; repeats inside one item count once, which is why it is a set.</summary>
    /// <remarks>An atom of at most eight bytes is itself; a longer one is a 64-bit hash, so that among m distinct atoms the chance of any
    /// collision is about m²/2⁶⁵: under one in two million for four million atoms.</remarks>
    void Atoms(TItem item, HashSet<ulong> into);
}

/// <summary>A continuous view: an item holds points of a real space.</summary>
public interface IPointView<TItem> : IView<TItem>
{
    /// <summary>Length of one point.</summary>
    int Dimensions { get; }

    /// <summary>Whether distances between points are meant as they are. Else points are standardized and half decorrelated on T, which takes many more
    /// of them than they have dimensions.</summary>
    bool IsScaled => false;

    /// <summary>Appends the item's points, <see cref="Dimensions"/> floats each.</summary>
    /// <remarks>They depend on the item alone: equal items have equal points, whatever they are called and wherever they lie. And where an item is
    /// looked at depends on its size alone, so that an original and its reconstruction are looked at in the same places.</remarks>
    /// <param name="item">The item.</param>
    /// <param name="into">Receives the points, row after row.</param>
    void Points(TItem item, List<float> into);

    /// <summary>The part of the item that a point describes, for a person to look at; all of it where points have no place.</summary>
    /// <param name="item">The item.</param>
    /// <param name="point">Number of the point in what <see cref="Points"/> appends.</param>
    TItem Part(TItem item, int point) => item;
}
