using Vestige.Cli.Faults;
using Vestige.Compressors;
using Vestige.Results;
using Vestige.Results.Json;

namespace Vestige.Cli.Runs;

/// <summary>What an audit writes: results whole or not at all, a journal as it goes, models, things to look at. Checked before the work.</summary>
internal sealed class RunFiles : IDisposable
{
    private readonly ResultFiles _results;
    private bool _itemsBegun;
    private bool _copiesBegun;

    /// <summary>Prepares the places asked for.</summary>
    /// <param name="json">A file, or null.</param>
    /// <param name="folder">A folder, made where it is missing; null for none, and the journal is then a temporary one.</param>
    /// <param name="inputs">What is audited, and with what.</param>
    /// <exception cref="DataException">A place cannot be written to, or another process writes there.</exception>
    /// <exception cref="UsageException">A place is an input, or inside one.</exception>
    internal RunFiles(string? json, string? folder, Inputs inputs)
    {
        _results = new ResultFiles(json, folder, inputs, JournalFile.Name, ItemsFile.Name, CopiesFile.Name, ResultFiles.PageName, ModelShelf.FolderName, "exhibits/");
        try
        {
            Journal = _results.Folder is { } place ? new JournalSet(JournalFile.Open(place.ToOpen(JournalFile.Name)), Path.Combine(place.Path, JournalSet.FolderName))
                : new JournalSet(JournalFile.Temporary(), "");
            Journal.TakeUp();
        }
        catch
        {
            _results.Dispose();
            throw;
        }
    }

    /// <summary>What is done, by this run, earlier ones and workers of a plan.</summary>
    internal JournalSet Journal { get; }

    /// <summary>Where models are kept; null without a folder.</summary>
    internal IShelf? Shelf => _results.Folder is { } folder ? new ModelShelf(folder) : null;

    /// <summary>Writes the result to all places.</summary>
    /// <exception cref="DataException">A disk is full or gone; what stood there before still stands.</exception>
    internal void Write(AuditResult result) => _results.Write(ResultJson.ToUtf8(result));

    /// <summary>Writes a set of results to all places.</summary>
    /// <exception cref="DataException">A disk is full or gone; what stood there before still stands.</exception>
    internal void Write(AuditSet set) => _results.Write(ResultJson.ToUtf8(set));

    /// <summary>Writes a file of an exhibit into the folder.</summary>
    /// <param name="path">Relative to the folder.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="DataException">It cannot be written.</exception>
    internal void SaveExhibit(string path, byte[] content) => _results.Folder!.Write(path, content);

    /// <summary>Adds the figures of a source's documents to the folder's; the first source of a run begins anew.</summary>
    /// <exception cref="DataException">They cannot be written.</exception>
    internal void SaveItems(string source, IEnumerable<ItemFigure> items)
    {
        OutputPlace folder = _results.Folder!;
        byte[]? before = _itemsBegun ? File.ReadAllBytes(folder.ToOpen(ItemsFile.Name)) : null;
        _itemsBegun = true;
        folder.Write(ItemsFile.Name, stream =>
        {
            if (before is null) ItemsFile.WriteHead(stream);
            else stream.Write(before);
            ItemsFile.Write(stream, source, items);
        });
    }

    /// <summary>Adds what was copied from where to the folder's list; the first source of a run begins anew.</summary>
    /// <exception cref="DataException">It cannot be written.</exception>
    internal void SaveCopies(string source, IEnumerable<CopiedSpan> copies)
    {
        OutputPlace folder = _results.Folder!;
        byte[]? before = _copiesBegun ? File.ReadAllBytes(folder.ToOpen(CopiesFile.Name)) : null;
        _copiesBegun = true;
        folder.Write(CopiesFile.Name, stream => CopiesFile.Write(stream, before, source, copies));
    }

    public void Dispose()
    {
        Journal.Dispose();
        _results.Dispose();
    }
}
