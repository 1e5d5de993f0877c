using System.Text;

namespace Vestige.Language;

/// <summary>A draw of <c>p</c> or <c>q</c> for text: a string of bytes. Equal by content.</summary>
/// <remarks>Nothing may change the bytes afterwards. A passage is cut by length, so that it may begin or end inside a character of UTF-8.</remarks>
/// <param name="bytes">What it says.</param>
/// <param name="document">The text it is from: a file, a line of a file, a sample of a model.</param>
/// <param name="offset">Where it starts there, in bytes of the text after its line ends were made one.</param>
public sealed class Passage(ReadOnlyMemory<byte> bytes, string document, long offset) : IEquatable<Passage>
{
    /// <summary>What it says.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Its bytes, to be read at once.</summary>
    public ReadOnlySpan<byte> Span => bytes.Span;

    /// <summary>Number of bytes.</summary>
    public int Length => bytes.Length;

    /// <summary>The text it is from.</summary>
    public string Document => document;

    /// <summary>Where it starts in <see cref="Document"/>, in bytes.</summary>
    public long Offset => offset;

    /// <inheritdoc/>
    public bool Equals(Passage? other) => other is not null && Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Passage);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The text; bytes that are no character show as U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);
}
