namespace Vestige.Results;

/// <summary>The ladder's answer: for each codec the cheapest setting whose lost and hallucinated stay within a tolerance of the yardstick's.</summary>
/// <remarks>Estimates are compared, not the ends of their intervals; <see cref="Unsure"/> says where the intervals are too wide for that.</remarks>
/// <param name="Tolerance">How far above the yardstick's a share may be, 0 to 1.</param>
/// <param name="Codecs">One a codec, in the user's order.</param>
/// <param name="Best">The cheapest row of all that stay within; null where none does.</param>
/// <param name="Unsure">True where an interval of a figure compared reaches further than the tolerance to either side.</param>
/// <param name="Text">The answer in words.</param>
public sealed record Choice(double Tolerance, IReadOnlyList<CodecChoice> Codecs, string? Best, bool Unsure, string Text);

/// <summary>The answer for one codec.</summary>
/// <param name="Family">The codec.</param>
/// <param name="Row">Its cheapest setting that stays within the tolerance; null where none does.</param>
/// <param name="Rate">Bits a size unit of that row.</param>
/// <param name="Saving">Share of the user's files that it saves; null where there is no row or it cannot be measured.</param>
/// <param name="SavingLossless">Share of the best lossless code that it saves.</param>
/// <param name="Text">The answer in words.</param>
public sealed record CodecChoice(string Family, string? Row, double? Rate, double? Saving, double? SavingLossless, string Text);

/// <summary>What became of one condition on one row.</summary>
/// <param name="Gate">The condition as the user wrote it: "hallucinated&gt;0.05".</param>
/// <param name="Row">The row.</param>
/// <param name="Fell">True where it holds, over the whole interval, or cannot be judged.</param>
/// <param name="Why">Where it fell, the figures that decided; else null.</param>
public sealed record GateOutcome(string Gate, string Row, bool Fell, string? Why);
