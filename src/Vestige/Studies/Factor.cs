namespace Vestige.Studies;

/// <summary>An ingredient whose effect is asked for, with its levels in the user's order.</summary>
/// <param name="Name">An option of the compressor (<c>dropout</c>, <c>top_p</c>), or of what it is given (<see cref="Ingredients"/>).</param>
/// <param name="Levels">At least two, each as the user writes it. The first is what effects are read from.</param>
public sealed record Factor(string Name, IReadOnlyList<string> Levels)
{
    /// <summary>Most levels of one factor.</summary>
    public const int MostLevels = 16;

    /// <summary>The level's place on the scale that a trend runs over: evenly from -1 to 1 in the order of the levels, whatever they are.</summary>
    internal double Code(int level) => (2.0 * level / (Levels.Count - 1)) - 1;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={string.Join(',', Levels)}";
}
