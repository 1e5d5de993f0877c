using System.Text.Json.Serialization;
using Vestige.Images.Imagining;
using Vestige.Images.Jpeg;

namespace Vestige.Images.Inspections;

/// <summary>One original against its reconstructions: what <c>vestige inspect</c> prints and writes.</summary>
public sealed record InspectionResult
{
    /// <summary>The schema that this library writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Schema of this result.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Version of the tool.</summary>
    public required string Vestige { get; init; }

    /// <summary>The command line.</summary>
    public required string Command { get; init; }

    /// <summary>The original, or the folder of originals.</summary>
    public required string Original { get; init; }

    /// <summary>Pixels of a row; null for a folder.</summary>
    public int? Width { get; init; }

    /// <summary>Rows; null for a folder.</summary>
    public int? Height { get; init; }

    /// <summary>How the original is stored.</summary>
    public string? Stored { get; init; }

    /// <summary>Bytes of its file.</summary>
    public long? Bytes { get; init; }

    /// <summary>What the original, a JPEG looked at alone, kept and discarded; null else.</summary>
    public JpegAccount? Jpeg { get; init; }

    /// <summary>What the original, a JPEG looked at alone, leaves open; null where that was not asked for.</summary>
    public InspectionImagined? Imagined { get; init; }

    /// <summary>One a reconstruction, in the user's order.</summary>
    public required IReadOnlyList<InspectionRow> Rows { get; init; }

    /// <summary>What to know beside the figures.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>What a JPEG may have been.</summary>
/// <param name="Prior">File of the prior, as the user named it.</param>
/// <param name="PriorHash">SHA-256 of it.</param>
/// <param name="Figures">Figures of the draws.</param>
/// <param name="Files">Pictures beside the result: the mean, the draws, the map.</param>
public sealed record InspectionImagined(string Prior, string PriorHash, ImaginationFigures Figures, IReadOnlyList<string> Files);

/// <summary>One reconstruction.</summary>
public sealed record InspectionRow
{
    /// <summary>The file, or the compressor's canonical name.</summary>
    public required string Name { get; init; }

    /// <summary>Why there are no figures; null where there are.</summary>
    public string? Why { get; init; }

    /// <summary>Bytes of the coded image.</summary>
    public long? Bytes { get; init; }

    /// <summary>Bits a pixel.</summary>
    public double? Rate { get; init; }

    /// <summary>Whether it does not show the original's picture at all, so that no shift can be told.</summary>
    public bool Other { get; init; }

    /// <summary>Channels in another order or limited range taken for full, in words; null where it is neither.</summary>
    public string? Change { get; init; }

    /// <summary>How far it is shifted to the right, pixels; null where it shows another picture.</summary>
    public double? ShiftX { get; init; }

    /// <summary>How far down.</summary>
    public double? ShiftY { get; init; }

    /// <summary>Whether every sample is the original's; PSNR is then infinite and left out.</summary>
    public bool Identical { get; init; }

    /// <summary>Decibels; null where the images are identical.</summary>
    public double? Psnr { get; init; }

    /// <summary>SSIMULACRA 2; null under 8 pixels a side.</summary>
    public double? Ssimulacra2 { get; init; }

    /// <summary>Every measure by its name, as people read it; without what is infinite or cannot be told.</summary>
    public IReadOnlyDictionary<string, double> Measures { get; init; } = new Dictionary<string, double>();

    /// <summary>What the tables show, in the order of <see cref="Inspection.Columns"/>, before it is shown: of these there are means. NaN where it has none.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>Luma: the whole image.</summary>
    public DetailFigures? Detail { get; init; }

    /// <summary>Colour differences Cb and Cr together: detail, and what is left without it.</summary>
    public DetailFigures? Colour { get; init; }

    /// <summary>Brightness: luma from black up, in means over 16 pixels.</summary>
    public DetailFigures? Tones { get; init; }

    /// <summary>Luma by level: details of about 2, 4, 8 and 16 pixels.</summary>
    public IReadOnlyList<DetailFigures> Levels { get; init; } = [];

    /// <summary>How its tiles read.</summary>
    public TileFigures? Tiles { get; init; }

    /// <summary>Whether one place shows something else.</summary>
    public SubstitutionFigures? Substitution { get; init; }

    /// <summary>What it kept and discarded, where it is a JPEG.</summary>
    public JpegAccount? Jpeg { get; init; }

    /// <summary>Maps, as files in the folder of --out.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

/// <summary>Shares of detail, 0 to 1.</summary>
/// <param name="Lost">Of the original's detail.</param>
/// <param name="Invented">Of the reconstruction's detail.</param>
/// <param name="VisibleLost">Counting only what is not masked.</param>
/// <param name="VisibleInvented">Counting only what is not masked.</param>
public sealed record DetailFigures(double Lost, double Invented, double VisibleLost, double VisibleInvented);

/// <summary>What the tiles show.</summary>
/// <param name="Side">Side of a tile, pixels.</param>
/// <param name="Columns">Tiles in a row.</param>
/// <param name="Faithful">Share of the tiles with little lost and little invented, and with their colour and brightness.</param>
/// <param name="Blurred">Lost only.</param>
/// <param name="Artefact">Invented only.</param>
/// <param name="Substituted">Both.</param>
/// <param name="OtherColour">Neither, but their colour is another.</param>
/// <param name="OtherBrightness">None of these, but they are brighter or darker.</param>
/// <param name="WorstX">Left edge of the tile with the largest visible change.</param>
/// <param name="WorstY">Upper edge of it.</param>
/// <param name="Lost">Share visibly lost of each tile, row after row.</param>
/// <param name="Invented">Share visibly invented of each tile.</param>
public sealed record TileFigures(int Side, int Columns, double Faithful, double Blurred, double Artefact, double Substituted, double OtherColour, double OtherBrightness,
    int WorstX, int WorstY, IReadOnlyList<double> Lost, IReadOnlyList<double> Invented);

/// <summary>The flag of one place that shows something else (docs/substitution.md).</summary>
/// <param name="Ratio">The largest statistic over its quantile 0.999.</param>
/// <param name="Flagged">Whether the place is to be looked at: the ratio is large, and the change can be seen.</param>
/// <param name="X">Left edge of the tile of 8 pixels.</param>
/// <param name="Y">Upper edge of it.</param>
/// <param name="Beside">The plain codec whose own change at about the same bytes was taken off; null for none.</param>
public sealed record SubstitutionFigures(double Ratio, bool Flagged, int X, int Y, string? Beside);
