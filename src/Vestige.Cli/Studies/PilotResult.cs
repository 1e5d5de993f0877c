using System.Text.Json.Serialization;
using Vestige.Studies;

namespace Vestige.Cli.Studies;

/// <summary>What a few runs told before the study.</summary>
/// <param name="Runs">How many.</param>
/// <param name="SecondsAPiece">Time of one.</param>
/// <param name="Bytes">Memory of the process after them.</param>
/// <param name="Spreads">Of each watched response the spread of a cell over blocks, and the half-width that effects will have.</param>
internal sealed record PilotResult(int Runs, double SecondsAPiece, long Bytes, IReadOnlyList<(Response Response, double Spread, double Half)> Spreads);

/// <summary>How long a cell took: the part of a study that repeats on no machine, in a file of its own.</summary>
/// <param name="Budget">By number.</param>
/// <param name="Cell">By number.</param>
/// <param name="Seconds">Mean over blocks, of one thread.</param>
internal sealed record CellSpeed(int Budget, int Cell, double Seconds);

[JsonSerializable(typeof(IReadOnlyList<CellSpeed>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SpeedContext : JsonSerializerContext;
