using System.Security.Cryptography;
using System.Text;

namespace Vestige.Files;

/// <summary>What is to be known of a source of which a part is kept.</summary>
/// <param name="Population">Documents that there were.</param>
/// <param name="Notices">What is to be said of it.</param>
internal sealed record Drawing(long Population, IReadOnlyList<string> Notices);

/// <summary>What a reading of sources found of each file, with the file's size and time of change, so that another process need not read what has the same.</summary>
/// <remarks>As bytes: a head, for each source its key, what is to be said of it where its files were drawn from more, the number of its files and of each its name,
/// size, time and what was found; and the first half of a SHA-256 of all. A file that changes and keeps its size and its time is taken for the same; sources compare
/// contents where they use them.</remarks>
public sealed class FileListing
{
    // The number changes with the layout; another is read as none.
    private const string Head = "vestige listing 2";

    private const int HashSize = 16;

    /// <summary>Of a source more files than these are read by everybody: the bytes of a listing are an array.</summary>
    private const int MostFiles = 10_000_000;

    /// <summary>What is younger when it is read may change again within one step of its time, which is two seconds on some file systems.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(3);

    /// <summary>The time of a file that is to be looked at whatever it has.</summary>
    private const long Never = -1;

    private readonly Dictionary<string, Source> _known = [];
    private readonly Dictionary<string, Source> _found = [];
    private readonly Dictionary<string, DateTime> _begun = [];

    /// <summary>A file as it was.</summary>
    private readonly record struct Known(string Name, long Bytes, long Modified, byte[] Found);

    /// <summary>Files of a source.</summary>
    /// <param name="Files">By name, ordinally.</param>
    /// <param name="Drawing">Where they were drawn from more, so that no others are of it, what is to be said of them; else null.</param>
    private sealed record Source(Known[] Files, Drawing? Drawing);

    /// <summary>A listing that was kept; one of nothing where these bytes are none, or of another version, or damaged.</summary>
    /// <param name="content">What <see cref="ToBytes"/> gave; null for nothing.</param>
    public static FileListing Of(byte[]? content)
    {
        var listing = new FileListing();
        if (content is null || content.Length < HashSize || !Hash(content.AsSpan(0, content.Length - HashSize)).SequenceEqual(content.AsSpan(content.Length - HashSize)))
            return listing;
        using var reader = new BinaryReader(new MemoryStream(content, 0, content.Length - HashSize), Encoding.UTF8);
        if (reader.ReadString() != Head) return listing;
        for (int sources = reader.ReadInt32(); sources > 0; sources--)
        {
            string key = reader.ReadString();
            Drawing? drawing = reader.ReadInt64() is >= 0 and var population
                ? new Drawing(population, [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())]) : null;
            var files = new Known[reader.ReadInt32()];
            for (int i = 0; i < files.Length; i++)
                files[i] = new Known(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadBytes(reader.Read7BitEncodedInt()));
            listing._known[key] = new Source(files, drawing);
        }
        return listing;
    }

    /// <summary>What was found by the sources that were opened with this listing, whether they read it or knew it from here.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Head);
        writer.Write(_found.Count);
        foreach ((string key, Source source) in _found.OrderBy(source => source.Key, StringComparer.Ordinal))
        {
            writer.Write(key);
            writer.Write(source.Drawing?.Population ?? -1);
            if (source.Drawing is { Notices: { } notices })
            {
                writer.Write(notices.Count);
                foreach (string notice in notices) writer.Write(notice);
            }
            writer.Write(source.Files.Length);
            foreach (Known file in source.Files)
            {
                writer.Write(file.Name);
                writer.Write(file.Bytes);
                writer.Write(file.Modified);
                writer.Write7BitEncodedInt(file.Found.Length);
                writer.Write(file.Found);
            }
        }
        writer.Flush();
        writer.Write(Hash(stream.ToArray()));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>The files of a source that were drawn from more, as they are now, and what is to be said of them; null where none were.</summary>
    /// <param name="key">As for <see cref="Begin"/>.</param>
    /// <param name="root">The folder that their names are relative to, in full.</param>
    internal (IReadOnlyList<FoundFile> Files, Drawing Drawing)? Drawn(string key, string root) =>
        _known.TryGetValue(key, out Source? source) && source.Drawing is { } drawing ? ([.. source.Files.Select(file => FolderScan.Again(root, file.Name))], drawing) : null;

    /// <summary>Forgets what was drawn from more: who plans anew goes through all files again.</summary>
    public void ForgetDrawn()
    {
        foreach (string key in _known.Where(source => source.Value.Drawing is not null).Select(source => source.Key).ToArray()) _known.Remove(key);
    }

    /// <summary>What is known of files, before they are read: null for each that must be.</summary>
    /// <param name="key">The source, and all that what is found in a file depends on beside the file.</param>
    /// <param name="files">By name, ordinally, as a scan gives them.</param>
    internal byte[]?[] Begin(string key, IReadOnlyList<FoundFile> files)
    {
        _begun[key] = DateTime.UtcNow;
        byte[]?[] found = new byte[]?[files.Count];
        Known[] known = _known.GetValueOrDefault(key)?.Files ?? [];
        // Both are in the same order.
        for (int i = 0, k = 0; i < found.Length; i++)
        {
            while (k < known.Length && string.CompareOrdinal(known[k].Name, files[i].Name) < 0) k++;
            if (k == known.Length) break;
            if (known[k].Name == files[i].Name && known[k].Bytes == files[i].Bytes && known[k].Modified == files[i].Modified) found[i] = known[k].Found;
        }
        _known.Remove(key);
        return found;
    }

    /// <summary>Keeps what was found; of files that changed just before they were read nothing.</summary>
    /// <param name="key">As it was begun with.</param>
    /// <param name="files">The same files.</param>
    /// <param name="found">What was found of the file of a number; null for what is to be read each time.</param>
    /// <param name="drawing">Where the files were drawn from more, so that readers are to take these, what they are to know of it; else null.</param>
    internal void End(string key, IReadOnlyList<FoundFile> files, Func<int, byte[]?> found, Drawing? drawing = null)
    {
        if (files.Count > MostFiles) drawing = null;
        long settled = (_begun[key] - s_settled).Ticks;
        IEnumerable<Known> known = Enumerable.Range(0, Math.Min(files.Count, MostFiles)).Select(i => (File: files[i], Found: files[i].Modified <= settled ? found(i) : null))
            .Where(file => file.Found is not null || drawing is not null)
            .Select(file => new Known(file.File.Name, file.File.Bytes, file.Found is null ? Never : file.File.Modified, file.Found ?? []));
        _found[key] = new Source([.. known], drawing);
    }

    private static ReadOnlySpan<byte> Hash(ReadOnlySpan<byte> content) => SHA256.HashData(content).AsSpan(0, HashSize);
}
