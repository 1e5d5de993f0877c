using System.Globalization;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>What lossless coders make of the text, for the lines about bits.</summary>
internal static class CoderLines
{
    /// <summary>For the heading: ", 2.03 bits/byte without loss (zpaq)"; nothing where no coder was run.</summary>
    internal static string Best(AuditResult result) => result.Lossless?.Best() is { } best
        ? string.Create(CultureInfo.InvariantCulture, $", {best.Together.Value:0.00} bits/byte without loss ({best.Name})") : "";

    /// <summary>Below the table.</summary>
    internal static IEnumerable<string> Of(AuditResult result)
    {
        if (result.Lossless is not { } codes) yield break;
        CoderResult[] measured = [.. codes.Coders.Where(coder => coder.HeldOut.IsMeasured).OrderBy(coder => coder.HeldOut.Value)];
        string each = string.Join(", ", measured.Select(coder => string.Create(CultureInfo.InvariantCulture, $"{coder.Name} {coder.HeldOut.Value:0.000}")));
        if (measured.Length > 0)
            yield return $"Lossless coders, bits/{result.Source.SizeUnit} of {Part(codes.HeldOutBytes, codes.OfHeldOut)} of H after "
                + $"{Part(codes.TrainingBytes, codes.OfTraining)} of T: {each}.";
        foreach (CoderResult coder in codes.Coders.Except(measured)) yield return $"Not measured: {Names.Printable(coder.HeldOut.Why!)}.";
    }

    private static string Part(long bytes, long of) => bytes < of ? $"the first {AuditTable.Size(bytes)} of {AuditTable.Size(of)}" : "all " + AuditTable.Size(of);
}
