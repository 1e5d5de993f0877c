namespace Vestige.Language.Transformer.Inference;

/// <summary>A line of a model's history.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Loss">Training loss in bits per byte, averaged over some twenty steps.</param>
/// <param name="Validation">Bits per byte of the validation slice, or null.</param>
internal sealed record Milestone(int Step, double Loss, double? Validation);
