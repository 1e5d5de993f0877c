namespace Vestige.Worlds;

/// <summary>Something that can be claimed in a world, in whatever words.</summary>
/// <param name="Fact">What it is about: the same number for the true claim and for all false ones in its place.</param>
/// <param name="IsTrue">Whether it is so.</param>
public readonly record struct Statement(int Fact, bool IsTrue);
