using Vestige.Figures;

namespace Vestige.Results;

/// <summary>What a codec did to each document beside its original, over all that it could take.</summary>
/// <param name="Documents">How many.</param>
/// <param name="Measures">One a measure.</param>
public sealed record PairedReport(int Documents, IReadOnlyList<PairedSummary> Measures)
{
    /// <summary>One measure; null where there is no such.</summary>
    public PairedSummary? Of(string name) => Measures.FirstOrDefault(m => m.Name == name);

    /// <summary>What is to be known of them, in words that go on after the compressor's name.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>What a measure is, for whoever shows it.</summary>
/// <param name="Name">"ssimulacra2", as in <see cref="PairedSummary"/> and items.csv.</param>
/// <param name="Label">"SSIMULACRA 2".</param>
/// <param name="Unit">"score", "dB", "share", "pixels".</param>
/// <param name="What">What it is, in a sentence.</param>
/// <param name="MoreIsBetter">Whether a larger value is better.</param>
/// <param name="Main">Whether it has a column in the first table.</param>
/// <param name="Compared">Whether codecs are compared by it at the same bytes.</param>
/// <param name="Decimals">Decimals that a table shows.</param>
public sealed record PairedMeasureInfo(string Name, string Label, string Unit, string What, bool MoreIsBetter, bool Main, bool Compared, int Decimals);

/// <summary>One measure over documents.</summary>
/// <param name="Name">One of <see cref="AuditResult.PairedMeasures"/>.</param>
/// <param name="Mean">Mean with its interval over documents. Where it is infinite the value is left out and the reason says so.</param>
/// <param name="Worst">Mean of the worst 5 % of the documents, one at the least; with an interval where at least two are.</param>
/// <param name="WorstDocument">The worst of all.</param>
/// <param name="WorstValue">Its value; null where it is infinite.</param>
public sealed record PairedSummary(string Name, Figure Mean, Figure Worst, string WorstDocument, double? WorstValue);

/// <summary>Two codecs at the same quality and at the same bytes, document by document.</summary>
/// <remarks>Each document's settings make a ladder; between two of them values are interpolated in the logarithm of bytes, over the range that both
/// ladders cover. Documents where they have no range in common are left out.</remarks>
/// <param name="Baseline">The codec compared with.</param>
/// <param name="Family">The codec.</param>
/// <param name="Quality">The measure that is matched.</param>
/// <param name="Documents">Documents matched by quality.</param>
/// <param name="BytesRatio">Its bytes over the baseline's at the same quality: geometric mean.</param>
/// <param name="DocumentsAtBytes">Documents matched by bytes.</param>
/// <param name="AtSameBytes">For each measure its value less the baseline's at the same bytes.</param>
public sealed record MatchedComparison(string Baseline, string Family, string Quality, int Documents, Figure BytesRatio, int DocumentsAtBytes,
    IReadOnlyList<MatchedDifference> AtSameBytes);

/// <summary>A difference at the same bytes.</summary>
/// <param name="Name">The measure.</param>
/// <param name="Difference">The codec's value less the baseline's, with its interval over documents.</param>
public sealed record MatchedDifference(string Name, Figure Difference);
