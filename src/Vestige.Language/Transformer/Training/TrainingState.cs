namespace Vestige.Language.Transformer.Training;

/// <summary>Where a run stands, apart from weights and moments; what a checkpoint holds of it.</summary>
internal sealed record TrainingState
{
    /// <summary>Steps done.</summary>
    public int Step { get; init; }

    /// <summary>Seconds spent.</summary>
    public double Seconds { get; init; }

    /// <summary>Running mean of the loss in nats; null before the first step.</summary>
    public double? Loss { get; init; }

    /// <summary>The least that the running mean has been.</summary>
    public double LeastLoss { get; init; } = double.MaxValue;

    /// <summary>Evaluations done.</summary>
    public int Evaluations { get; init; }

    /// <summary>Evaluations since the best one.</summary>
    public int SinceBest { get; init; }

    /// <summary>Least bits per byte of the validation slice, or null.</summary>
    public double? Best { get; init; }

    /// <summary>What of it no run leaves behind, in words for the user; null where all is well.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    internal string? Fault =>
        Step is < 0 or > 100_000_000 ? $"step {Step}"
        : !(Seconds >= 0 && double.IsFinite(Seconds)) ? "seconds that are no time"
        : Loss is { } loss && !double.IsFinite(loss) || !double.IsFinite(LeastLoss) || Best is { } best && !double.IsFinite(best) ? "a loss that is no number"
        : Evaluations < 0 || SinceBest < 0 ? "fewer than no evaluations" : null;
}
