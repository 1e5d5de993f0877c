using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vestige.Results.Json;

namespace Vestige.Studies;

/// <summary>Everything that a study found: what its table, its JSON and its page are made from. The same runs give the same bytes.</summary>
public sealed record StudyResult
{
    /// <summary>The schema that this library writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>What kind of result this is, for readers who find the file.</summary>
    public string Kind { get; init; } = "study";

    /// <summary>Schema of this result.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Version of the tool.</summary>
    public required string Vestige { get; init; }

    /// <summary>The command line.</summary>
    public required string Command { get; init; }

    /// <summary>Seed of everything random; block b has one of its own.</summary>
    public required ulong Seed { get; init; }

    /// <summary>As the user named the source.</summary>
    public required string Source { get; init; }

    /// <summary>The compressor that is varied.</summary>
    public required string Compressor { get; init; }

    /// <summary>At most so many units in each sample.</summary>
    public required int Units { get; init; }

    /// <summary>The ingredients.</summary>
    public required IReadOnlyList<Factor> Factors { get; init; }

    /// <summary>"32 of 256 combinations, resolution IV".</summary>
    public required string Design { get; init; }

    /// <summary>The level, by number, of each factor in each cell.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Cells { get; init; }

    /// <summary>Deals of the documents, each with a seed, that all cells share.</summary>
    public required int Blocks { get; init; }

    /// <summary>What each repetition of the whole design was run with ("steps=300"); one that is empty where there was one.</summary>
    public required IReadOnlyList<string> Budgets { get; init; }

    /// <summary>What was measured.</summary>
    public required IReadOnlyList<Response> Responses { get; init; }

    /// <summary>What each cell gave.</summary>
    public required IReadOnlyList<StudyRow> Rows { get; init; }

    /// <summary>Effects of the terms on the responses.</summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>Effects on parts of responses ("confabulated@1"): how an effect comes about. Their q-values are apart.</summary>
    public IReadOnlyList<Effect> Parts { get; init; } = [];

    /// <summary>Effects that are seen at two budgets, with opposite signs.</summary>
    public IReadOnlyList<SignChange> Changes { get; init; } = [];

    /// <summary>Cells that no other beats in what is better to have more or less of (means over blocks), by budget.</summary>
    public IReadOnlyList<FrontierCell> Frontier { get; init; } = [];

    /// <summary>What matters, in plain words.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    private static readonly StudyContext s_context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        // What is null where nothing may be is refused when it is read.
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>As JSON.</summary>
    public byte[] ToUtf8() => [.. JsonSerializer.SerializeToUtf8Bytes(this, s_context.StudyResult), (byte)'\n'];

    /// <summary>Reads what a study wrote.</summary>
    /// <exception cref="JsonException">It is none, or of a newer schema; the message says which.</exception>
    public static StudyResult FromUtf8(ReadOnlySpan<byte> utf8)
    {
        StudyResult? read = ResultShape.Parse(utf8).Deserialize(s_context.StudyResult);
        if (read is { Kind: "study" }) ResultShape.Check(read, fill: true);
        return read is not { Kind: "study" } ? throw new JsonException("it holds no study.")
            : read.Schema is < 1 or > CurrentSchema ? throw new JsonException($"it is of schema {read.Schema}, and this version reads up to {CurrentSchema}.")
            : !read.IsWhole() ? throw new JsonException("its factors, cells, blocks and rows do not fit each other.") : read;
    }

    /// <summary>Whether its parts fit each other; a reader checks no element of a list for null.</summary>
    private bool IsWhole()
    {
        if (Factors.Count == 0 || Factors.Any(factor => factor is null || factor.Levels.Count < 2 || factor.Levels.Any(level => level is null))) return false;
        if (Responses.Any(response => response is null) || Responses.DistinctBy(response => response.Name).Count() < Responses.Count) return false;
        if (Budgets.Count == 0 || Budgets.Any(budget => budget is null)) return false;
        bool cells = Cells.All(cell => cell is not null && cell.Count == Factors.Count && !cell.Where((level, f) => level < 0 || level >= Factors[f].Levels.Count).Any());
        return cells && Rows.All(row => row is not null && row.Cell >= 0 && row.Cell < Cells.Count && row.Budget >= 0 && row.Budget < Budgets.Count
                && row.Values.Values.All(values => values is not null && values.Count == Blocks))
            && Rows.Select(row => (row.Budget, row.Cell)).Distinct().Count() == Rows.Count && Rows.Count == Cells.Count * Budgets.Count;
    }
}

/// <summary>One cell at one budget.</summary>
/// <param name="Budget">Which, by number.</param>
/// <param name="Cell">Which, by number.</param>
/// <param name="Name">The compressor's name there.</param>
/// <param name="Values">Of each response its value in each block; null where there is none.</param>
public sealed record StudyRow(int Budget, int Cell, string Name, IReadOnlyDictionary<string, IReadOnlyList<double?>> Values)
{
    /// <summary>Why blocks have nothing, by block.</summary>
    public IReadOnlyDictionary<int, string> Why { get; init; } = new Dictionary<int, string>();

    /// <summary>Mean over the blocks that have a value.</summary>
    public double? Mean(string response) =>
        Values.TryGetValue(response, out IReadOnlyList<double?>? values) && values.OfType<double>().ToArray() is { Length: > 0 } known ? known.Average() : null;
}

/// <summary>An effect that turned round.</summary>
/// <param name="Response">The response.</param>
/// <param name="Term">The term.</param>
/// <param name="First">Budget where it has one sign, by number.</param>
/// <param name="Second">Budget where it has the other.</param>
public sealed record SignChange(string Response, string Term, int First, int Second);

/// <summary>A cell that no other beats.</summary>
/// <param name="Budget">By number.</param>
/// <param name="Cell">By number.</param>
public sealed record FrontierCell(int Budget, int Cell);

[JsonSerializable(typeof(StudyResult))]
internal sealed partial class StudyContext : JsonSerializerContext;
