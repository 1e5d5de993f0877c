using System.Runtime.CompilerServices;
using Vestige.Language.Interop;

namespace Vestige.Language.ContextMixing;

/// <summary>All that a context mixer has learnt, in one block of memory, so that it can be copied, and changes to it taken back.</summary>
/// <remarks>Pinned: the tables are read some hundred times a byte, and are reached by addresses.</remarks>
internal sealed unsafe class MixerMemory
{
    // What is noted of a change: the 16 bytes that begin at its place.
    private const int NoteBytes = 16;
    private const int Line = 64;

    private readonly byte[] _memory;
    private readonly byte* _base;
    private Note[] _notes = [];
    private int _noteCount;
    private long _given;

    internal MixerMemory(long bytes)
    {
        _memory = GC.AllocateArray<byte>(checked((int)(bytes + (2 * Line))), pinned: true);
        byte* start = (byte*)Unsafe.AsPointer(ref _memory[0]);
        LargePages.Ask(start, _memory.LongLength);
        _base = start + ((Line - ((nint)start & (Line - 1))) & (Line - 1));
    }

    /// <summary>Bytes of the block.</summary>
    internal long Bytes => _memory.LongLength;

    /// <summary>Whether changes are noted, to be taken back.</summary>
    internal bool IsNoting { get; set; }

    /// <summary>How many changes were noted.</summary>
    internal int Notes => _noteCount;

    /// <summary>The next part of the block, from a cache line's start on; zeros.</summary>
    internal T* Give<T>(long count)
        where T : unmanaged
    {
        long start = _given;
        _given += ((count * sizeof(T)) + Line - 1) / Line * Line;
        if (_given > _memory.LongLength - (2 * Line) + Line) throw new InvalidOperationException("The block is too small for its parts.");
        return (T*)(_base + start);
    }

    /// <summary>Takes over what another block of the same parts holds.</summary>
    internal void CopyFrom(MixerMemory other) => Buffer.MemoryCopy(other._base, _base, _given, other._given);

    /// <summary>Takes all notes away: the changes stay.</summary>
    internal void DropNotes() => _noteCount = 0;

    /// <summary>Notes what stands at a place, before up to 16 bytes of it change.</summary>
    internal void Touch(void* place)
    {
        if (_noteCount == _notes.Length) Array.Resize(ref _notes, Math.Max(1 << 12, 2 * _notes.Length));
        ref Note note = ref _notes[_noteCount++];
        note.Place = (ulong*)place;
        note.First = note.Place[0];
        note.Second = note.Place[1];
    }

    /// <summary>Notes what stands in several times 16 bytes.</summary>
    internal void Touch(void* place, int bytes)
    {
        for (int i = 0; i < bytes; i += NoteBytes) Touch((byte*)place + i);
    }

    /// <summary>Takes changes back, the last first, until so many are left.</summary>
    internal void TakeBack(int left)
    {
        while (_noteCount > left)
        {
            ref readonly Note note = ref _notes[--_noteCount];
            note.Place[0] = note.First;
            note.Place[1] = note.Second;
        }
    }

    private struct Note
    {
        internal ulong* Place;
        internal ulong First, Second;
    }
}
