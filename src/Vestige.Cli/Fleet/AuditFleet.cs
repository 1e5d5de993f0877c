using System.Globalization;
using Vestige.Audits;
using Vestige.Cli.Commands;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Options;
using Vestige.Cli.Runs;
using Vestige.Compressors;

namespace Vestige.Cli.Fleet;

/// <summary>An audit in pieces: documents by content, rows whose making takes long. What they find stands in journals and on the shelf, from where
/// an ordinary audit of the same folder takes it.</summary>
internal static class AuditFleet
{
    /// <summary>Opens it.</summary>
    /// <param name="context">What the command is run with.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="files">Where a worker keeps what it finds; null to cut only.</param>
    /// <param name="progress">How far the reading of sources is.</param>
    internal static IFleetWork Open(Context context, AuditOptions options, WorkerFiles? files, IProgress<WorkProgress> progress)
    {
        if (options.IsDefault) throw new UsageException("plan audit: name what to audit; the default audit takes two minutes on one machine");
        var plan = AuditRun.Plan.Of(options.Resolved());
        if (plan.Specs.FirstOrDefault(spec => spec.Row.Options.Any(option => option.Name == "threads") && spec.Given.All(given => given.Option != "threads")) is { } free)
        {
            throw new UsageException($"{free.Name}: its weights depend on the number of threads that it is trained with, which would be that of whatever machine takes it; "
                + $"say one for all, as in {free.Row.Name}:threads=4");
        }
        return plan.Domain.Accept(new Opener(context, plan, files, progress));
    }

    private sealed class Opener(Context context, AuditRun.Plan plan, WorkerFiles? files, IProgress<WorkProgress> progress) : IDomainVisitor<IFleetWork>
    {
        public IFleetWork Visit<TItem>(Domain<TItem> domain) => new Work<TItem>(AuditSetup<TItem>.Of(context, plan, domain, progress), domain.SizeUnit, files);
    }

    private sealed class Work<TItem> : IFleetWork
    {
        private readonly WorkerFiles? _files;
        private readonly string _sizeUnit;
        private readonly AuditPieces<TItem> _pieces;

        internal Work(AuditSetup<TItem> setup, string sizeUnit, WorkerFiles? files)
        {
            (_files, _sizeUnit) = (files, sizeUnit);
            AuditRequest<TItem> request = setup.Request;
            if (files is not null) request = request with { Journal = files.Journal, Shelf = files.Shelf };
            _pieces = new AuditPieces<TItem>(request);
            Pieces = [.. _pieces.All.Select(piece => new PlannedPiece(piece.Key.ToString("x32", CultureInfo.InvariantCulture), piece.Name))];
            Facts = setup.Facts;
        }

        public RunFacts Facts { get; }

        public IReadOnlyList<PlannedPiece> Pieces { get; }

        public int AtOnce => _pieces.AtOnce;

        public bool IsLarge(int piece) => _pieces.All[piece].MakesRow;

        public void TakeUp() => _files?.Journal.TakeUp();

        public IReadOnlyList<PieceFigure> Do(int piece, IProgress<WorkProgress> progress, CancellationToken cancel)
        {
            PieceTally tally = _pieces.Do(_pieces.All[piece], progress, cancel);
            _files?.Journal.Flush();
            return [.. tally.Sizes.Where(size => size.Size > 0).Select(size => new PieceFigure($"rate of {size.Row}", $"bits/{_sizeUnit}", 8.0 * size.Bytes, size.Size))];
        }

        public void Dispose() => _files?.Dispose();
    }
}
