using Vestige.Numerics;

namespace Vestige.Sources;

/// <summary>Puts the parts of an item (words; blocks and channels) in random order.</summary>
public delegate TItem Shuffle<TItem>(TItem item, ref Rng rng);
