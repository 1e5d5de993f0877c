using System.CommandLine;
using Vestige.Cli.Commands;
using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Options;
using Vestige.Cli.Studies;
using Vestige.Compressors;
using Vestige.Files;

namespace Vestige.Cli.Fleet;

/// <summary>The audit or study of a plan, understood again from the words that were typed.</summary>
internal sealed class PlannedCommand
{
    private readonly FleetPlan _plan;
    private readonly FleetFolder _folder;
    private AuditOptions? _audit;
    private StudyOptions? _study;

    private PlannedCommand(FleetPlan plan, FleetFolder folder) => (_plan, _folder) = (plan, folder);

    internal FleetPlan Plan => _plan;

    internal FleetFolder Folder => _folder;

    /// <summary>Reads the plan of a folder, and goes where its paths are from.</summary>
    /// <param name="name">The folder.</param>
    /// <param name="threads">Threads of this process; null for those of the plan's command.</param>
    /// <param name="memory">Of this process; null likewise.</param>
    /// <exception cref="DataException">There is no plan, or it is not for this machine or version.</exception>
    internal static PlannedCommand Read(string name, int? threads, MemoryBudget? memory)
    {
        var folder = new FleetFolder(name);
        var command = new PlannedCommand(PlanOf(folder), folder);
        command.GoThere();
        var known = FileListing.Of(folder.Read(FleetFolder.ListingName));
        var root = new RootCommand
        {
            AuditCommand.Create((_, options) =>
            {
                command._audit = options with { Out = folder.Path, Threads = threads ?? options.Threads, Memory = memory ?? options.Memory, Known = known };
                return ExitStatus.Done;
            }),
            StudyCommand.Create((_, options) =>
            {
                command._study = options with { Out = folder.Path, Threads = threads ?? options.Threads, Memory = memory ?? options.Memory, Known = known };
                return ExitStatus.Done;
            }),
        };
        ParseResult parsed = root.Parse([.. command._plan.Arguments]);
        if (parsed.Errors.Count == 0) parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        return command._audit is not null || command._study is not null ? command
            : throw new DataException($"{name}: this version does not understand what was planned ({Context.Typed(command._plan.Arguments)}); use the version that planned it");
    }

    /// <summary>The plan of a folder.</summary>
    /// <exception cref="DataException">There is none.</exception>
    internal static FleetPlan PlanOf(FleetFolder folder)
    {
        if (!Directory.Exists(folder.Path)) throw new DataException($"{folder.Name} is no folder; make a plan with 'vestige plan audit ... --out {folder.Name}'");
        return folder.Read(FleetFolder.PlanName, FleetJson.Default.FleetPlan) is { Arguments: not null, Folder: not null, Code: not null, Source: not null, Pieces: not null } plan
            && plan.Heartbeat is > 0 and <= FleetCommands.MostHeartbeat ? plan
            : throw new DataException($"{folder.Name} holds no plan that can be read; make one with 'vestige plan audit ... --out {folder.Name}'");
    }

    /// <summary>Opens its pieces.</summary>
    internal IFleetWork Open(Context context, WorkerFiles files, IProgress<WorkProgress> progress) =>
        _audit is { } audit ? AuditFleet.Open(context, audit, files, progress) : StudyFleet.Open(context, _study!, files, progress);

    /// <summary>Runs the whole of it; what the pieces gave is taken up.</summary>
    internal int Run(Context context)
    {
        Context typed = context with { Arguments = _plan.Arguments };
        void Check(Runs.RunFacts facts) => _plan.Refuse(facts, _folder.Name);
        return _audit is { } audit ? AuditRun.Run(typed, audit, Check) : StudyRun.Run(typed, _study!, Check);
    }

    private void GoThere()
    {
        if (_plan.Folder == Environment.CurrentDirectory) return;
        try
        {
            Environment.CurrentDirectory = _plan.Folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.SecurityException or ArgumentException)
        {
            throw new DataException($"{_folder.Name} was planned in {_plan.Folder}, from where its paths are named, and that is not a folder here: "
                + "have it at the same place on all machines");
        }
    }
}
