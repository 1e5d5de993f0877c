using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vestige.Audits.Documents;
using Vestige.Cli.Faults;

namespace Vestige.Cli.Runs;

/// <summary>A journal in a file: records are only ever added, each with its checksum, so that a process killed at any moment leaves at most
/// one torn record at the end, which is dropped.</summary>
/// <remarks>The file is locked while it is open. Its index is in memory, 40 bytes a record; records are not.</remarks>
internal sealed class JournalFile : IJournal, IDisposable
{
    /// <summary>Its name in a folder of results.</summary>
    internal const string Name = "journal";

    // The number changes with the layout; an older journal is begun anew.
    private static ReadOnlySpan<byte> Kind => "vestige journal "u8;

    private static ReadOnlySpan<byte> Start => "vestige journal 1\n"u8;

    private readonly Lock _lock = new();
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly Dictionary<UInt128, (long Offset, int Length)> _records = [];
    private long _end;

    /// <summary>What stands before each record.</summary>
    private readonly record struct Header(UInt128 Key, int Length, uint Checksum);

    private static readonly int s_headerSize = Marshal.SizeOf<Header>();

    private JournalFile(SafeFileHandle file, string path) => (_file, _path) = (file, path);

    /// <summary>Where it stands.</summary>
    internal string Place => Path.GetFullPath(_path);

    /// <summary>Whether a file that begins so is a journal, of any layout.</summary>
    internal static bool Is(ReadOnlySpan<byte> head) => head.StartsWith(Kind);

    /// <summary>Opens the journal of a folder, or begins one.</summary>
    /// <exception cref="DataException">Another process has it open, it is something else, or it cannot be read or written.</exception>
    internal static JournalFile Open(string path)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (FileFault.IsLocked(e))
        {
            throw new DataException($"{path} is in use: another vestige audit is writing to this folder; wait for it, or give another --out");
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{path} cannot be opened: {e.Message}");
        }
        var journal = new JournalFile(file, path);
        try
        {
            journal.Load();
            return journal;
        }
        catch (Exception e)
        {
            journal.Dispose();
            if (e is IOException) throw new DataException($"{path} cannot be read: {e.Message}");
            throw;
        }
    }

    /// <summary>Begins a journal that others read while it grows.</summary>
    /// <param name="path">A name that no other process uses.</param>
    /// <exception cref="DataException">It cannot be written.</exception>
    internal static JournalFile Begin(string path)
    {
        try
        {
            return new JournalFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), path);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Opens the journal of another process, which may still write to it, to read what stands whole in it.</summary>
    /// <exception cref="DataException">It is something else, or it cannot be read.</exception>
    internal static JournalFile OpenToRead(string path)
    {
        JournalFile? journal = null;
        try
        {
            journal = new JournalFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), path);
            journal.LoadMore();
            return journal;
        }
        catch (Exception e)
        {
            journal?.Dispose();
            if (FileFault.Is(e)) throw new DataException($"{path} cannot be read: {e.Message}");
            throw;
        }
    }

    /// <summary>A journal that leaves nothing behind, however the process ends.</summary>
    /// <exception cref="DataException">There is no room for it.</exception>
    internal static JournalFile Temporary()
    {
        string path = Path.Combine(Path.GetTempPath(), $"vestige-{Guid.NewGuid():n}.journal");
        try
        {
            var journal = new JournalFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose), path);
            // Elsewhere than on Windows a file without a name lives until it is closed.
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return journal;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{path} cannot be written: {e.Message}; " + (FileFault.IsOfHandles(e)
                ? "the limit on open files is too low: 'ulimit -n 1024' raises it" : "give --out DIR, or set TMPDIR to a folder with room"));
        }
    }

    public bool Contains(UInt128 key)
    {
        lock (_lock) return _records.ContainsKey(key);
    }

    public byte[]? Read(UInt128 key, int most = int.MaxValue)
    {
        (long Offset, int Length) at;
        lock (_lock)
            if (!_records.TryGetValue(key, out at)) return null;
        byte[] record = new byte[Math.Min(at.Length, most)];
        try
        {
            for (int done = 0; done < record.Length;)
            {
                int read = RandomAccess.Read(_file, record.AsSpan(done), at.Offset + done);
                if (read == 0) throw new DataException($"{_path} became shorter during the run: run the same command again");
                done += read;
            }
        }
        catch (IOException e)
        {
            throw new DataException($"{_path} cannot be read: {e.Message}");
        }
        return record;
    }

    public void Write(UInt128 key, ReadOnlySpan<byte> record)
    {
        int size = s_headerSize + record.Length;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(size);
        MemoryMarshal.Write(bytes, new Header(key, record.Length, Checksum(key, record)));
        record.CopyTo(bytes.AsSpan(s_headerSize));
        lock (_lock)
        {
            if (_records.ContainsKey(key)) return;
            try
            {
                if (_end == 0) Append(Start);
                long at = _end;
                Append(bytes.AsSpan(0, size));
                _records[key] = (at + s_headerSize, record.Length);
            }
            catch (Exception e) when (FileFault.Is(e))
            {
                throw new DataException($"{_path} cannot be written: {e.Message.TrimEnd('.')}; make room, and the same command goes on where it stopped") { IsOfPlace = true };
            }
        }
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>Has all that was written on the disk, whatever becomes of the machine.</summary>
    /// <exception cref="DataException">It cannot be.</exception>
    internal void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_file);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new DataException($"{_path} cannot be written: {e.Message.TrimEnd('.')}; make room, and the same command goes on where it stopped") { IsOfPlace = true };
        }
    }

    /// <summary>Takes up what was added since it was opened, as far as it stands whole.</summary>
    internal void LoadMore()
    {
        lock (_lock) Read();
    }

    public void Dispose() => _file.Dispose();

    private void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, _end);
        _end += bytes.Length;
    }

    /// <summary>Reads what stands, and cuts off what does not stand whole.</summary>
    private void Load()
    {
        Read();
        RandomAccess.SetLength(_file, _end);
    }

    /// <summary>Reads what stands from where the last reading ended.</summary>
    private void Read()
    {
        using var stream = new FileStream(new SafeFileHandle(_file.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, 1 << 18);
        if (_end == 0)
        {
            byte[] start = new byte[Start.Length];
            stream.Position = 0;
            int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            if (!start.AsSpan(0, Math.Min(read, Kind.Length)).SequenceEqual(Kind[..Math.Min(read, Kind.Length)]))
                throw new DataException($"{_path} is no journal of vestige and is left as it is; give another --out");
            if (!start.AsSpan(0, read).SequenceEqual(Start)) return;
            _end = read;
        }
        stream.Position = _end;
        while (TryRead(stream, out Header header))
        {
            _records[header.Key] = (_end + s_headerSize, header.Length);
            _end += s_headerSize + header.Length;
        }
    }

    private static bool TryRead(FileStream stream, out Header header)
    {
        header = default;
        byte[] head = new byte[s_headerSize];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) return false;
        header = MemoryMarshal.Read<Header>(head);
        if (header.Length < 0 || header.Length > stream.Length - stream.Position) return false;
        byte[] record = ArrayPool<byte>.Shared.Rent(header.Length);
        stream.ReadExactly(record.AsSpan(0, header.Length));
        bool whole = Checksum(header.Key, record.AsSpan(0, header.Length)) == header.Checksum;
        ArrayPool<byte>.Shared.Return(record);
        return whole;
    }

    /// <summary>CRC-32C of the record, after its key and length.</summary>
    private static uint Checksum(UInt128 key, ReadOnlySpan<byte> record)
    {
        uint crc = BitOperations.Crc32C(BitOperations.Crc32C(~(uint)record.Length, (ulong)key), (ulong)(key >> 64));
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(record);
        foreach (ulong word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (byte rest in record[(8 * words.Length)..]) crc = BitOperations.Crc32C(crc, rest);
        return crc;
    }
}
