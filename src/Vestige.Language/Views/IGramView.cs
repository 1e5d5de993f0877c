using Vestige.Views;

namespace Vestige.Language.Views;

/// <summary>A discrete view whose atoms stand somewhere in the passage.</summary>
internal interface IGramView : IAtomView<Passage>
{
    /// <summary>Appends every occurrence of every atom of <see cref="IAtomView{TItem}.Atoms"/>, by where it starts.</summary>
    void Grams(Passage item, List<Gram> into);
}

/// <summary>One occurrence of an atom.</summary>
/// <param name="Start">Its first byte in the passage.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Atom">The atom.</param>
internal readonly record struct Gram(int Start, int Length, ulong Atom);
