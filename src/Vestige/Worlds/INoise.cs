using Vestige.Sources;

namespace Vestige.Worlds;

/// <summary>A source of which nothing can be learnt but what was drawn: what a model knows of T beyond p, it memorized.</summary>
public interface INoise<TItem> : ISource<TItem>
{
    /// <summary><c>-log2 p</c> of every item.</summary>
    double BitsOfItem { get; }
}
