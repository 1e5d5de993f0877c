using System.Text.Json.Serialization;

namespace Vestige.Figures;

/// <summary>One printed number with what is needed to judge it.</summary>
/// <remarks>Null is "not measurable", never zero; <see cref="Why"/> then says what is missing.</remarks>
public sealed record Figure
{
    /// <summary>The estimate; null where it cannot be measured.</summary>
    public double? Value { get; init; }

    /// <summary>Lower end of the 95 % interval; null where no interval can be given.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the 95 % interval.</summary>
    public double? High { get; init; }

    /// <summary>What a fresh real sample (A) scores by the same code before any correction.</summary>
    public double? Floor { get; init; }

    /// <summary>What G scores before the floor is taken into account.</summary>
    public double? Raw { get; init; }

    /// <summary>What it is counted in: "share" of mass, "bits/pixel", "bits/atom", "ratio".</summary>
    public string Unit { get; init; } = "share";

    /// <summary>Why there is no value or no interval, or why it is as wide as it is.</summary>
    public string? Why { get; init; }

    /// <summary>A figure that cannot be measured.</summary>
    public static Figure NotMeasurable(string why) => new() { Why = why };

    /// <summary>True where there is a value.</summary>
    [JsonIgnore]
    public bool IsMeasured => Value is not null;
}
