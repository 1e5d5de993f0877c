using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vestige.Audits;
using Vestige.Audits.Documents;
using Vestige.Cli.Faults;
using Vestige.Cli.Runs;
using Vestige.Compressors;
using Vestige.Studies;

namespace Vestige.Cli.Studies;

/// <summary>What one piece of a study gave: the cells of one training in one block.</summary>
/// <param name="Outcomes">One a cell, in the order of the piece.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record PieceResult(IReadOnlyList<CellOutcome> Outcomes, double Seconds);

/// <summary>Where a study keeps its pieces, its models and its result; in memory where no folder was asked for.</summary>
internal sealed class StudyFolder : IDisposable
{
    internal const string ResultName = "study.json", SpeedName = "speed.json", PlanName = "plan.txt";

    private const string Pieces = "pieces/";

    private readonly OutputPlace? _place;
    private readonly JournalSet _journal;

    /// <summary>Opens it, and refuses one that holds another study.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="shared">The journal of a worker that shares the folder with others, disposed of with the folder; null where the folder is this process's.</param>
    /// <exception cref="DataException">It cannot be written to, or another process writes there.</exception>
    /// <exception cref="UsageException">It is an input, or holds another study.</exception>
    internal StudyFolder(StudyPlan plan, JournalSet? shared = null)
    {
        StudyOptions options = plan.Options;
        if (options.Out is not { } path)
        {
            _journal = new JournalSet(JournalFile.Temporary(), "");
            return;
        }
        _place = OutputPlace.Folder("--out", path, new Inputs([options.Source]), shared is not null);
        foreach (string name in new[] { PlanName, Pieces, ResultName, SpeedName, ModelShelf.FolderName, ResultFiles.PageName }) _place.Check(name);
        string settings = Settings(plan), file = _place.ToOpen(PlanName);
        if (File.Exists(file) && File.ReadAllText(file) is var kept && kept != settings)
            throw new UsageException($"--out {path} holds a study of other settings ({Difference(kept, settings)}); "
                + "name another folder, or give the same settings (more --blocks may be asked for)");
        _journal = shared ?? new JournalSet(JournalFile.Open(_place.ToOpen(JournalFile.Name)), Path.Combine(path, JournalSet.FolderName));
        if (shared is not null) return;
        _journal.TakeUp();
        _place.Write(PlanName, Encoding.UTF8.GetBytes(settings));
    }

    internal IJournal Journal => _journal;

    internal IShelf? Shelf => _place is null ? null : new ModelShelf(_place);

    /// <summary>A piece that was finished before; null where it was not, or where what is kept cannot be read.</summary>
    internal PieceResult? Find(string key)
    {
        if (_place is null) return null;
        string file = _place.ToOpen(NameOf(key));
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), PieceContext.Default.PieceResult) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    internal void Keep(string key, PieceResult piece) => _place?.Write(NameOf(key), JsonSerializer.SerializeToUtf8Bytes(piece, PieceContext.Default.PieceResult));

    internal void Write(string name, byte[] content) => _place?.Write(name, content);

    public void Dispose()
    {
        _journal.Dispose();
        _place?.Dispose();
    }

    /// <summary>What decides what the pieces are: blocks may be added, and threads change nothing.</summary>
    private static string Settings(StudyPlan plan)
    {
        StudyOptions o = plan.Options;
        IEnumerable<string> lines =
        [
            $"vestige {Audit.ThisVersion}", $"source {o.Source}", $"compressor {o.Compressor}", .. plan.Design.Factors.Select(factor => $"vary {factor}"),
            .. plan.Budgets.Select(budget => $"at {budget}"), $"cells {string.Join(' ', plan.Design.Cells.Select(cell => string.Join('.', cell)))}",
            $"units {o.Units} reserve {o.Reserve} seed {o.Seed} view {o.View} scale {o.Scale}", $"reading {o.Reading.Options}", "",
        ];
        return string.Join('\n', lines);
    }

    private static string Difference(string kept, string settings) =>
        kept.Split('\n').Zip(settings.Split('\n')).FirstOrDefault(lines => lines.First != lines.Second) is ({ } before, { } now)
            ? $"\"{before}\", not \"{now}\"" : "more or fewer of them";

    private static string NameOf(string key) => $"{Pieces}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 10))}.json";
}

[JsonSerializable(typeof(PieceResult))]
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.Strict)]
internal sealed partial class PieceContext : JsonSerializerContext;
