using System.Security.Cryptography;
using System.Text;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Options;
using Vestige.Cli.Runs;
using Vestige.Cli.Studies;
using Vestige.Compressors;

namespace Vestige.Cli.Fleet;

/// <summary>A study in pieces: the cells of one training in one block, each on one thread.</summary>
internal static class StudyFleet
{
    // What a figure that is not final is told of: a reader's first questions.
    private static readonly string[] s_told = ["generalized", "hallucinated", "memorized", "lost"];

    /// <summary>Opens it.</summary>
    /// <param name="context">What the command is run with.</param>
    /// <param name="options">What was asked for, with the shared folder as its place.</param>
    /// <param name="files">Where a worker keeps what it finds; null to cut only.</param>
    /// <param name="progress">How far the reading of sources is.</param>
    internal static IFleetWork Open(Context context, StudyOptions options, WorkerFiles? files, IProgress<WorkProgress> progress)
    {
        if (options.PlanOnly) throw new UsageException("plan study: --plan prints a design and runs none; leave one of the two out");
        if (options.Budget is not null) throw new UsageException("plan study: --budget reckons with one machine; give --blocks");
        var plan = StudyPlan.Of(options);
        var folder = new StudyFolder(plan, files?.Journal);
        try
        {
            return plan.Domain.Accept(new Opener(context, plan, folder, files, progress));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private sealed class Opener(Context context, StudyPlan plan, StudyFolder folder, WorkerFiles? files, IProgress<WorkProgress> progress) : IDomainVisitor<IFleetWork>
    {
        public IFleetWork Visit<TItem>(Domain<TItem> domain) => new Work<TItem>(plan, domain, folder, context, files, progress);
    }

    private sealed class Work<TItem> : IFleetWork
    {
        private readonly StudyFolder _folder;
        private readonly WorkerFiles? _files;
        private readonly StudyWork<TItem> _work;
        private readonly IReadOnlyList<StudyWork<TItem>.Piece> _pieces;

        internal Work(StudyPlan plan, Domain<TItem> domain, StudyFolder folder, Context context, WorkerFiles? files, IProgress<WorkProgress> progress)
        {
            (_folder, _files) = (folder, files);
            _work = new StudyWork<TItem>(plan, domain, folder, context, progress);
            _pieces = _work.Pieces(plan.Options.Blocks, plan.Cells);
            Pieces = [.. _pieces.Select(piece => new PlannedPiece(KeyOf(piece.Key), $"block {piece.Block + 1}: {string.Join(", ", piece.Cells.Select(cell => cell.Name))}"))];
            Facts = _work.Facts;
            AtOnce = plan.Options.Threads;
        }

        public RunFacts Facts { get; }

        public IReadOnlyList<PlannedPiece> Pieces { get; }

        public int AtOnce { get; }

        public bool IsLarge(int piece) => false;

        public void TakeUp() => _files?.Journal.TakeUp();

        public IReadOnlyList<PieceFigure> Do(int piece, IProgress<WorkProgress> progress, CancellationToken cancel)
        {
            StudyWork<TItem>.Piece asked = _pieces[piece];
            PieceResult result = _work.Find(asked) ?? _work.Do(asked, progress);
            cancel.ThrowIfCancellationRequested();
            return [.. asked.Cells.SelectMany((cell, c) => _work.Responses.Where(response => s_told.Contains(response.Name))
                .Where(response => result.Outcomes[c].Values.ContainsKey(response.Name))
                .Select(response => new PieceFigure($"{response.Name} of {cell.Name}", response.Unit, result.Outcomes[c].Values[response.Name], 1)))];
        }

        public void Dispose()
        {
            _folder.Dispose();
            _files?.Dispose();
        }

        private static string KeyOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
    }
}
