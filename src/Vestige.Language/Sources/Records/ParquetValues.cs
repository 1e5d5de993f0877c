namespace Vestige.Language.Sources.Records;

/// <summary>The values of a column in one row group, gone through one entry at a time.</summary>
internal abstract class ParquetValues
{
    /// <summary>Goes to the next entry.</summary>
    /// <returns>Whether there is one.</returns>
    internal abstract bool Next();

    /// <summary>Whether the entry has no value: it is null, or a list without elements.</summary>
    internal abstract bool IsNull { get; }

    /// <summary>The entry's bytes, until the next is gone to; empty where it is null.</summary>
    internal abstract ReadOnlyMemory<byte> Value { get; }

    /// <summary>Whether the next entry is of the same row.</summary>
    internal abstract bool GoesOn { get; }
}

/// <summary>All of them in memory, as the library reads them.</summary>
internal sealed class HeldValues(ReadOnlyMemory<byte>[] values, int[]? defined, int[]? repeated, int full) : ParquetValues
{
    private int _entry = -1, _value = -1;

    internal override bool Next()
    {
        // What was given is let go of: a row group is large.
        if (_entry >= 0 && !IsNull) values[_value] = default;
        if (++_entry >= values.Length) return false;
        if (!IsNull) _value++;
        return true;
    }

    internal override bool IsNull => defined is not null && defined[_entry] < full;

    internal override ReadOnlyMemory<byte> Value => IsNull ? default : values[_value];

    internal override bool GoesOn => repeated is not null && _entry + 1 < repeated.Length && repeated[_entry + 1] > 0;
}
