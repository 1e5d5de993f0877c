using System.Text;
using Vestige.Language.Sources.Records;
using Vestige.Sources;

namespace Vestige.Language.Sources;

/// <summary>Bounds how many documents of a source are known by their places: of more some are drawn by what they hold (<see cref="ContentSample"/>). A file of which nothing
/// is kept is not either; one that cannot be used is drawn by its name.</summary>
/// <param name="most">Documents that are kept at most.</param>
internal sealed class DocumentSample(int most)
{
    private readonly ContentSample _contents = new(most);
    private readonly List<IndexedFile> _files = [];
    private List<(int Line, IndexedDocument Document)> _open = [];
    private long _before;

    /// <summary>Files of which something is kept, in the order in which they were read.</summary>
    internal IReadOnlyList<IndexedFile> Files => _files;

    /// <summary>How many there were, where some were left out; else null.</summary>
    internal long? Population => _contents.Seen > _contents.Kept ? _contents.Seen : null;

    /// <inheritdoc cref="ContentSample.Notice"/>
    internal string? Notice(string items) => _contents.Notice(items);

    /// <summary>The documents of the next file; those that are left out later leave the list.</summary>
    internal List<(int Line, IndexedDocument Document)> Begin()
    {
        _before = _contents.Seen;
        return _open = [];
    }

    /// <inheritdoc cref="ContentSample.Takes"/>
    internal bool Takes(UInt128 content) => _contents.Takes(content);

    /// <summary>Keeps a document of the file that was begun.</summary>
    internal void Add(int line, IndexedDocument document)
    {
        _open.Add((line, document));
        if (_contents.Add()) Thin();
    }

    /// <summary>Takes back all of the file that was begun.</summary>
    internal void TakeBack()
    {
        _contents.TakeBack(_contents.Seen - _before, _open.Count);
        _open.Clear();
    }

    /// <summary>The file that was begun has been read.</summary>
    internal void End(IndexedFile file)
    {
        _open = [];
        // What is partly bad stays with what is good of it.
        if (file is { Documents.Count: 0, Fault: not null } && _contents.Takes(FaultKey(file)))
        {
            _files.Add(file);
            if (_contents.Add()) Thin();
        }
        else if (file.Documents.Count > 0)
        {
            _files.Add(file);
        }
    }

    private static UInt128 FaultKey(IndexedFile file) => ContentHash.Of(Encoding.UTF8.GetBytes(file.File.Name));

    private void Thin()
    {
        _contents.Thin([.. _files.SelectMany(file => file.Documents).Concat(_open).Select(record => record.Document.Whole.Content),
            .. _files.Where(file => file.Documents.Count == 0).Select(FaultKey)]);
        _files.RemoveAll(file => file.Documents.Count == 0 ? FaultKey(file) > _contents.Limit : Left(file.Documents) == 0);
        Left(_open);

        int Left(List<(int Line, IndexedDocument Document)> documents)
        {
            documents.RemoveAll(record => record.Document.Whole.Content > _contents.Limit);
            documents.TrimExcess();
            return documents.Count;
        }
    }
}
