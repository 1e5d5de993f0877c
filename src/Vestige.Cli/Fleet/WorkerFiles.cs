using Vestige.Cli.Faults;
using Vestige.Cli.Fleet.Leases;
using Vestige.Cli.Runs;

namespace Vestige.Cli.Fleet;

/// <summary>Where a worker keeps what it finds: a journal of its own beside those of the others, and the shelf of models that all share.</summary>
internal sealed class WorkerFiles : IDisposable
{
    private readonly OutputPlace _place;

    /// <param name="folder">The shared folder.</param>
    /// <param name="worker">The worker's name, which no other has.</param>
    /// <exception cref="DataException">It cannot be written to.</exception>
    internal WorkerFiles(FleetFolder folder, string worker)
    {
        _place = OutputPlace.Folder("work", folder.Path, Inputs.None, shared: true);
        Journal = new JournalSet(JournalFile.Begin(_place.ToOpen(JournalSet.FolderName + worker + JournalSet.Extension)), folder.At(JournalSet.FolderName));
        Shelf = new ModelShelf(_place);
    }

    internal JournalSet Journal { get; }

    internal ModelShelf Shelf { get; }

    public void Dispose()
    {
        Journal.Dispose();
        _place.Dispose();
    }
}
