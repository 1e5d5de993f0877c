using Microsoft.Win32.SafeHandles;

namespace Vestige.Language.Sources;

/// <summary>Text that had to be unpacked or taken out of records, in a temporary file rather than in memory.</summary>
/// <remarks>The file has no name: the system frees it when the program ends, however it ends.</remarks>
internal sealed class Spool : IDisposable
{
    private readonly SafeFileHandle _file;

    internal Spool()
    {
        string path = Path.Combine(Path.GetTempPath(), $"vestige-{Guid.NewGuid():N}");
        try
        {
            _file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SpoolException(error);
        }
    }

    /// <summary>Bytes in it.</summary>
    internal long Length { get; private set; }

    /// <summary>Adds to its end.</summary>
    internal void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file, bytes, Length);
        }
        catch (IOException error)
        {
            throw new SpoolException(error);
        }
        Length += bytes.Length;
    }

    /// <summary>Takes back what was added last.</summary>
    internal void CutTo(long length)
    {
        RandomAccess.SetLength(_file, length);
        Length = length;
    }

    /// <summary>A stream of its own from <paramref name="start"/> on; several may be read at once.</summary>
    internal Stream OpenAt(long start)
    {
        var stream = new FileStream(new SafeFileHandle(_file.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, 1);
        stream.Seek(start, SeekOrigin.Begin);
        return stream;
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>There is no room for unpacked text: nothing that one document could be blamed for.</summary>
internal sealed class SpoolException(Exception inner) : IOException(
    $"Unpacked text cannot be kept in {Path.GetTempPath()}: {inner.Message} Set TMPDIR to a folder with room.", inner);
