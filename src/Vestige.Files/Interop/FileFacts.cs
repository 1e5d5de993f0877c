using System.Runtime.InteropServices;

namespace Vestige.Files.Interop;

/// <summary>What stands at a path.</summary>
internal enum FileKind
{
    /// <summary>Bytes of a known length.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, where it was asked for itself.</summary>
    Link,

    /// <summary>A named pipe: opening it may wait for ever.</summary>
    Pipe,

    /// <summary>A terminal, <c>/dev/null</c> and the like.</summary>
    Device,

    /// <summary>A disk.</summary>
    Disk,

    /// <summary>A socket, or what this program does not know.</summary>
    Other,
}

/// <summary>Which file it is, whatever it is called: device and inode, or where the system does not tell, the path.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Node, string Path);

/// <summary>What the system knows of a path without opening it.</summary>
/// <param name="Identity">Which file it is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Names">How many names (hard links) it has; 1 where the system does not tell.</param>
internal readonly partial record struct FileFacts(FileIdentity Identity, FileKind Kind, uint Names)
{
    // More folders around a folder than any path has.
    private const int MostParents = 4096;

    /// <summary>Looks.</summary>
    /// <param name="path">The path.</param>
    /// <param name="follow">Of what a link leads to, or of the link itself.</param>
    /// <returns>Null where there is nothing, or nothing that may be looked at.</returns>
    internal static FileFacts? Of(string path, bool follow = true) => OperatingSystem.IsLinux() ? OfLinux(path, follow) : OfPath(path, follow);

    /// <summary>A folder and all that are around it, whatever links lead to it; empty where there is no such folder.</summary>
    internal static IEnumerable<FileIdentity> Around(string folder)
    {
        FileIdentity? last = null;
        for (int i = 0; i < MostParents; i++)
        {
            // The system takes .. from where a link leads to. Elsewhere the path is all there is.
            if (Of(folder)?.Identity is not { } identity || identity == last) yield break;
            yield return identity;
            last = identity;
            folder = OperatingSystem.IsLinux() ? folder.TrimEnd('/') + "/.." : Path.GetDirectoryName(identity.Path) ?? folder;
        }
    }

    private static FileFacts? OfLinux(string path, bool follow)
    {
        const int here = -100, noFollow = 0x100;
        const uint basic = 0x7ff;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return null;
        if (statx(here, path, follow ? 0 : noFollow, basic, out Statx found) != 0) return null;
        FileKind kind = (found.Mode & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            0x1000 => FileKind.Pipe,
            0x2000 => FileKind.Device,
            0x6000 => FileKind.Disk,
            _ => FileKind.Other,
        };
        return new FileFacts(new FileIdentity(((ulong)found.DeviceMajor << 32) | found.DeviceMinor, found.Node, ""), kind, found.Links);
    }

    private static FileFacts? OfPath(string path, bool follow)
    {
        try
        {
            FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            bool link = entry.LinkTarget is not null;
            if (link && follow && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target) entry = target;
            if (!entry.Exists && !(link && !follow)) return null;
            FileKind kind = link && !follow ? FileKind.Link : entry is DirectoryInfo ? FileKind.Folder
                : (entry.Attributes & FileAttributes.Device) != 0 ? FileKind.Device : FileKind.File;
            // These systems' usual file systems take a name in any case for the same file.
            return new FileFacts(new FileIdentity(0, 0, Path.TrimEndingDirectorySeparator(entry.FullName).ToUpperInvariant()), kind, 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // Of the kernel's layouts this is the one that is the same on all processors.
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, out Statx found);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(16)]
        internal uint Links;

        [FieldOffset(28)]
        internal ushort Mode;

        [FieldOffset(32)]
        internal ulong Node;

        [FieldOffset(136)]
        internal uint DeviceMajor;

        [FieldOffset(140)]
        internal uint DeviceMinor;
    }
}
