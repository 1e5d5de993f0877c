using System.Collections.Concurrent;

namespace Vestige.Audits.Documents;

/// <summary>Where an audit keeps what it has done, so that memory does not grow with the source and a broken run goes on where it stopped.</summary>
/// <remarks>Called from several threads. What was written under a key is never written again.</remarks>
public interface IJournal
{
    /// <summary>Whether a record stands under this key.</summary>
    bool Contains(UInt128 key);

    /// <summary>A record, or its first bytes; null where there is none.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="most">At most so many bytes.</param>
    byte[]? Read(UInt128 key, int most = int.MaxValue);

    /// <summary>Adds a record.</summary>
    void Write(UInt128 key, ReadOnlySpan<byte> record);
}

/// <summary>A journal that lasts as long as the process: for sources that are small, such as worlds.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly ConcurrentDictionary<UInt128, byte[]> _records = [];

    /// <inheritdoc/>
    public bool Contains(UInt128 key) => _records.ContainsKey(key);

    /// <inheritdoc/>
    public byte[]? Read(UInt128 key, int most = int.MaxValue) =>
        !_records.TryGetValue(key, out byte[]? record) ? null : record.Length <= most ? record : record[..most];

    /// <inheritdoc/>
    public void Write(UInt128 key, ReadOnlySpan<byte> record) => _records[key] = record.ToArray();
}
