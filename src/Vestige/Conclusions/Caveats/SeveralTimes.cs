using Vestige.Conclusions.Copies;
using Vestige.Results;

namespace Vestige.Conclusions.Caveats;

/// <summary>Pictures of which a source holds several: shots of one scene, frames of one film. Each is dealt and counted as if it had nothing to do with the others.</summary>
internal static class SeveralTimes
{
    /// <summary>From this share of fresh items on it is told.</summary>
    private const double Least = 0.1;

    internal static IEnumerable<Finding> Of(AuditResult result)
    {
        if (result.Contamination is not { } contamination || result.Source.SizeUnit == "byte" || result.Source.Deal.By == "group") yield break;
        Overlap? Fresh(string within) => contamination.Overlaps.FirstOrDefault(overlap => overlap is { Sample: "A", Copies: > 0 } && overlap.In == within
            && overlap.Copies >= Least * overlap.Items);
        string items = result.Source.Items;
        if (result.Source.Deal.IsTrainingNamed)
        {
            if (Fresh("H") is not { } held) yield break;
            Overlap? training = contamination.Overlaps.FirstOrDefault(overlap => overlap is { Sample: "A", In: "T" });
            bool only = training is { Share.Value: { } there } && Contaminated.IsAbove(held.Share with { Floor = there == 0 ? null : there }, held.Items, training.Items);
            yield return new Finding("several-times", null, $"{held.Copies} of {held.Items} {items} kept back are near-copies of others kept back{Contaminated.Like(held.Pairs)}"
                + (only ? $", {training!.Copies} of training {items}: what is held out holds the same things several times, and the training set does not hold them. Lost and "
                    + "hallucinated say how far a row is from those few things, not from the source, and "
                    : $": what is held out holds the same things several times (shots of one scene), or all of this source is alike. If they are shots, ") + Narrow(items))
            { Part = only ? FindingPart.Warning : FindingPart.Note };
        }
        else if (Fresh("T") is { } shared)
        {
            yield return new Finding("several-times", null,
                $"{shared.Copies} of {shared.Items} fresh {items} are near-copies of training {items}{Contaminated.Like(shared.Pairs)}: the source holds "
                + $"the same things several times (shots of one scene), or all of it is alike. If they are shots, {Narrow(items)}")
            { Part = FindingPart.Note };
        }
    }

    private static string Narrow(string items) => $"intervals, which take each of the {items} for a draw of its own, are too narrow: give one of each, or put each "
        + "scene into a folder of its own and say --group folder.";
}
