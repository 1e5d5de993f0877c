using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vestige.Compressors;
using Vestige.Files;
using Vestige.Images.Jpeg;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>A file of a folder of images, as its first reading found it.</summary>
/// <param name="File">The file.</param>
/// <param name="Content">A hash of its bytes; 0 with a fault.</param>
/// <param name="Format">"jpeg", "webp" (with loss) or "png16" (16 bits a sample) for such a file; else null.</param>
/// <param name="Fault">Why it cannot be used, or null.</param>
internal readonly record struct FoundPicture(FoundFile File, UInt128 Content, string? Format, string? Fault)
{
    /// <summary>What decides whether it is drawn from very many: what it holds, or its name where that cannot be read.</summary>
    internal UInt128 Key => Content != 0 ? Content : PictureScan.Truncate(SHA256.HashData(Encoding.UTF8.GetBytes(File.Name)));
}

/// <summary>The files of a folder of images, each hashed. Memory holds those that are kept and no others.</summary>
/// <param name="Pictures">By name, ordinally.</param>
/// <param name="Ignored">Files passed over because their extension is not an image's.</param>
/// <param name="Passed">What they are, in words; null where there are none.</param>
/// <param name="Notices">What is to be said of the folder.</param>
internal sealed record PictureScan(IReadOnlyList<FoundPicture> Pictures, int Ignored, string? Passed, IReadOnlyList<string> Notices)
{
    /// <summary>How many there were, where they are drawn from more; else null.</summary>
    internal long? Population { get; private init; }

    /// <summary>Files that are hashed together, by all threads.</summary>
    private const int Together = 4096;

    /// <summary>Finds the files, and hashes those that are not known.</summary>
    /// <param name="path">A folder, or one file.</param>
    /// <param name="most">Of more than so many some are kept.</param>
    /// <param name="listing">What is known of them, which takes up what is found; null for nothing.</param>
    /// <param name="progress">How far hashing is.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="IOException">There is no such file or folder, or the folder cannot be listed; the message is for the user.</exception>
    internal static PictureScan Of(string path, int most, FileListing? listing, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"pictures {most} {Path.GetFullPath(path)}");
        if (listing?.Drawn(key, FolderScan.RootOf(path)) is { } drawn)
        {
            FoundPicture[] again = [.. Found(drawn.Files, listing.Begin(key, drawn.Files), drawn.Files.Count, progress, cancel)];
            listing.End(key, drawn.Files, i => Packed(again[i]), drawn.Drawing);
            return new PictureScan(again, 0, null, drawn.Drawing.Notices) { Population = drawn.Drawing.Population };
        }
        var scan = FolderScan.Of(path, PictureFormat.Takes, most, progress, cancel);
        IReadOnlyList<string> notices = scan.Passed is { } passed ? [.. scan.Notices, passed] : scan.Notices;
        if (scan.Listed is { } files)
        {
            FoundPicture[] all = [.. Found(files, listing?.Begin(key, files), scan.Count, progress, cancel)];
            listing?.End(key, files, i => Packed(all[i]));
            return new PictureScan(all, scan.Ignored, scan.Passed, notices);
        }
        var sample = new ContentSample(most);
        List<FoundPicture> kept = [];
        listing?.Begin(key, []);
        foreach (FoundPicture picture in Found(scan.Files, null, scan.Count, progress, cancel))
        {
            if (!sample.Takes(picture.Key)) continue;
            kept.Add(picture);
            if (!sample.Add()) continue;
            sample.Thin([.. kept.Select(one => one.Key)]);
            kept.RemoveAll(one => one.Key > sample.Limit);
        }
        kept.Sort((a, b) => string.CompareOrdinal(a.File.Name, b.File.Name));
        if (sample.Notice("images") is { } notice) notices = [.. notices, notice];
        listing?.End(key, [.. kept.Select(one => one.File)], i => Packed(kept[i]), new Drawing(sample.Seen, notices));
        return new PictureScan(kept, scan.Ignored, scan.Passed, notices) { Population = sample.Seen };
    }

    /// <summary>The first half of a SHA-256.</summary>
    internal static UInt128 Truncate(byte[] hash) => BinaryPrimitives.ReadUInt128BigEndian(hash);

    /// <summary>Files with what they hold, in their order.</summary>
    private static IEnumerable<FoundPicture> Found(IEnumerable<FoundFile> files, byte[]?[]? known, int count, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var parallel = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount };
        int done = 0, before = 0;
        foreach (FoundFile[] part in files.Chunk(Together))
        {
            var found = new FoundPicture[part.Length];
            int first = before;
            Parallel.For(0, part.Length, parallel, i =>
            {
                found[i] = Of(part[i], known?[first + i]);
                int now = Interlocked.Increment(ref done);
                if (now % 64 == 0 || now == count) progress?.Report(new WorkProgress("reading file contents", Math.Min(1, (double)now / count)));
            });
            foreach (FoundPicture picture in found) yield return picture;
            before += part.Length;
        }
    }

    private static FoundPicture Of(FoundFile file, byte[]? known)
    {
        if (file.Fault is { } fault) return new FoundPicture(file, 0, null, fault);
        try
        {
            (UInt128 content, string? format) = known is not null ? Unpacked(known) : Hash(file.Path);
            return new FoundPicture(file, content, format, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new FoundPicture(file, 0, null, FolderScan.Reason(error));
        }
    }

    private static (UInt128 Content, string? Format) Hash(string path)
    {
        Span<byte> start = stackalloc byte[32];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        string? format = IsLossyWebP(start[..read], stream) ? "webp" : FormatOf(start[..read]);
        stream.Position = 0;
        return (Truncate(SHA256.HashData(stream)), format);
    }

    /// <summary>How a file is coded, where that matters to what is coded again: with loss, or with more bits than are read.</summary>
    private static string? FormatOf(ReadOnlySpan<byte> start) => JpegReader.IsJpeg(start) ? "jpeg"
        // The depth stands in the first chunk, which has a fixed length.
        : start is [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, _, _, _, _, (byte)'I', (byte)'H', (byte)'D', (byte)'R', _, _, _, _, _, _, _, _, 16, ..] ? "png16"
        : null;

    /// <summary>Whether the first image of a WebP file is of the lossy kind, whatever stands before it (a profile, a thumbnail's metadata).</summary>
    private static bool IsLossyWebP(ReadOnlySpan<byte> start, FileStream stream)
    {
        const int most = 16;
        if (start.Length < 20 || !start.StartsWith("RIFF"u8) || !start[8..].StartsWith("WEBP"u8)) return false;
        Span<byte> head = stackalloc byte[8];
        long place = 12;
        for (int chunk = 0; chunk < most && place + head.Length <= stream.Length; chunk++)
        {
            stream.Position = place;
            stream.ReadExactly(head);
            if (head.StartsWith("VP8 "u8)) return true;
            if (head.StartsWith("VP8L"u8)) return false;
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            place += head.Length + size + (size & 1);
        }
        return false;
    }

    /// <summary>What is found of a file, as a listing keeps it: the hash, then the format; null where it is to be looked at again.</summary>
    private static byte[]? Packed(FoundPicture picture)
    {
        if (picture.Fault is not null) return null;
        byte[] packed = new byte[16 + (picture.Format?.Length ?? 0)];
        BinaryPrimitives.WriteUInt128LittleEndian(packed, picture.Content);
        Encoding.ASCII.GetBytes(picture.Format ?? "", packed.AsSpan(16));
        return packed;
    }

    // Of formats there are few: one word each is enough.
    private static (UInt128 Content, string? Format) Unpacked(byte[] packed) =>
        (BinaryPrimitives.ReadUInt128LittleEndian(packed), packed.Length == 16 ? null : string.Intern(Encoding.ASCII.GetString(packed.AsSpan(16))));
}
