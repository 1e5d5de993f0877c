using Vestige.Files;
using Vestige.Sources;

namespace Vestige.Language.Sources;

/// <summary>What comes out of a packed file, up to a limit: some megabytes of gzip unpack to as many gigabytes as one likes.</summary>
/// <remarks>Text becomes a third to a tenth of its size, logs and tables a fiftieth. What is a hundred times its file and large besides is one line
/// again and again, of which a smaller sample says as much.</remarks>
/// <param name="unpacked">What comes out; disposed of with this.</param>
/// <param name="packed">Bytes of the file.</param>
internal sealed class UnpackedStream(Stream unpacked, long packed) : Stream
{
    /// <summary>Bytes that any file may unpack to.</summary>
    internal const long Least = 256 << 20;

    /// <summary>How many times its size a larger file may unpack to.</summary>
    internal const int Times = 100;

    private readonly long _limit = Math.Max(Least, packed * Times);
    private readonly long _packed = packed;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="UnusableDocumentException">More comes out than the limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = unpacked.Read(buffer);
        _read += read;
        return _read <= _limit ? read
            : throw new UnusableDocumentException($"has {_packed} bytes and unpacks to more than {MemoryBudget.Words(_limit)}: not read; unpack it if it is meant so");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }
}
