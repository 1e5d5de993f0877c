using Vestige.Language.Transformer.Inference;

namespace Vestige.Language.Transformer.Training;

/// <summary>How a run goes on.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Share">Share of the run that is done, 0 to 1.</param>
/// <param name="Loss">Training loss in bits per byte, averaged over some twenty steps.</param>
/// <param name="Validation">Bits per byte of the validation slice when it was last scored, or null.</param>
/// <param name="Best">The least of those so far, or null.</param>
/// <param name="BytesPerSecond">Bytes learnt from in a second.</param>
/// <param name="TimeLeft">What the rest will take.</param>
internal sealed record TrainingProgress(int Step, double Share, double Loss, double? Validation, double? Best, double BytesPerSecond, TimeSpan TimeLeft);

/// <summary>What training gave.</summary>
/// <param name="Model">The model that did best on the validation slice; without one, the last.</param>
/// <param name="Ending">Why it ended.</param>
/// <param name="Message">That in words for the user.</param>
internal sealed record TrainingOutcome(Gpt Model, Ending Ending, string Message);
