using Vestige.Compressors;
using Vestige.Files;

namespace Vestige.Language.Sources;

/// <summary>Which files of a folder are its texts.</summary>
internal static class TextScan
{
    /// <summary>What was asked for, else the usual texts without what only says something about records, else tables, else arrays.</summary>
    /// <param name="path">A folder, a part of one, or a file.</param>
    /// <param name="options">Extensions that were asked for, and how many files are kept in memory.</param>
    /// <param name="progress">How many there are so far.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="IOException">There is no such thing, or it cannot be listed; the message is for the user.</exception>
    internal static FolderScan Of(string path, TextOptions options, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        FolderScan Taking(Predicate<string> takes) => FolderScan.Of(path, takes, options.MostDocuments, progress, cancel);
        if (options.Extensions is { } extensions) return Taking(name => TextFile.Has(name, extensions));
        FolderScan usual = Taking(TextFile.IsText);
        if (!usual.Names.Any(name => !TextFile.IsCard(name)))
            return TextFile.Otherwise.Select(kinds => Taking(name => TextFile.Has(name, kinds))).FirstOrDefault(scan => scan.Count > 0) ?? usual;
        return usual.Names.Any(TextFile.IsCard) && usual.Names.Any(TextFile.HoldsRecords)
            ? usual.Where(name => !TextFile.IsCard(name), "says what the records beside it are: not read")
            : usual;
    }
}
