using Microsoft.Win32.SafeHandles;

namespace Vestige.Language.Sources;

/// <summary>Text that had to be unpacked or taken out of records, in a temporary file rather than in memory.</summary>
/// <remarks>The file has no name: the system frees it when the program ends, however it ends.</remarks>
internal sealed class Spool : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly Lock _gate = new();
    private int _filled;

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
        lock (_gate)
        {
            if (_filled + bytes.Length > _buffer.Length) Flush();
            if (bytes.Length > _buffer.Length)
            {
                Write(bytes, Length);
            }
            else
            {
                bytes.CopyTo(_buffer.AsSpan(_filled));
                _filled += bytes.Length;
            }
            Length += bytes.Length;
        }
    }

    /// <summary>Takes back what was added last.</summary>
    internal void CutTo(long length)
    {
        lock (_gate)
        {
            Flush();
            RandomAccess.SetLength(_file, length);
            Length = length;
        }
    }

    /// <summary>A stream of its own from <paramref name="start"/> on; several may be read at once.</summary>
    internal Stream OpenAt(long start)
    {
        lock (_gate) Flush();
        var stream = new FileStream(new SafeFileHandle(_file.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, 1);
        stream.Seek(start, SeekOrigin.Begin);
        return stream;
    }

    public void Dispose() => _file.Dispose();

    // Records are short: each by itself would be a call of the system.
    private void Flush()
    {
        Write(_buffer.AsSpan(0, _filled), Length - _filled);
        _filled = 0;
    }

    private void Write(ReadOnlySpan<byte> bytes, long at)
    {
        try
        {
            RandomAccess.Write(_file, bytes, at);
        }
        catch (IOException error)
        {
            throw new SpoolException(error);
        }
    }
}

/// <summary>There is no room for unpacked text: nothing that one document could be blamed for.</summary>
internal sealed class SpoolException(Exception inner) : IOException(
    $"Unpacked text cannot be kept in {Path.GetTempPath()}: {inner.Message} Set TMPDIR to a folder with room.", inner);
