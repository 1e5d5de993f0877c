using System.Text.Unicode;
using Vestige.Language.Sources.Records;

namespace Vestige.Language.Sources;

/// <summary>Files for texts that models drew: what is read of them is what was drawn, byte for byte.</summary>
public static class KeptText
{
    /// <summary>A file for a text: itself where reading it changes nothing, else a record that holds its bytes.</summary>
    /// <param name="text">Any bytes.</param>
    /// <returns>The file's extension, with the dot, and its content.</returns>
    public static (string Extension, byte[] Content) Of(byte[] text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsPlain(text) ? (".txt", text) : (".jsonl", JsonRecords.Keep(text, TextOptions.Default.Field));
    }

    // A byte order mark would be left out and line ends made one; an empty file holds no text, and neither does one with bytes of zero.
    private static bool IsPlain(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && Utf8.IsValid(text) && !text.ContainsAny((byte)0, (byte)'\r') && !text.StartsWith("\uFEFF"u8);
}
