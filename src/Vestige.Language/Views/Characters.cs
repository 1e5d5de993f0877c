using System.Buffers;
using System.Globalization;
using System.Text;

namespace Vestige.Language.Views;

/// <summary>What a reader takes for one character of UTF-8 text: a letter with the marks that belong to it.</summary>
/// <remarks>
/// A base character and the combining marks, joiners and modifiers after it (the extending characters of UAX 29). A byte that is no part of
/// a character is one by itself. Lengths elsewhere count scalar values, which for text without marks is the same.
/// </remarks>
internal static class Characters
{
    private const int Joiner = 0x200D;

    /// <summary>Scalar values in a text: bytes that do not continue one.</summary>
    internal static int Count(ReadOnlySpan<byte> text)
    {
        int count = 0;
        foreach (byte next in text) count += IsInside(next) ? 0 : 1;
        return count;
    }

    /// <summary>Whether a byte continues a character of UTF-8.</summary>
    internal static bool IsInside(byte value) => (value & 0xC0) == 0x80;

    /// <summary>Whether a character belongs to the one before it.</summary>
    internal static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Where the whole characters of a passage end, one after the other; those that the passage's ends cut are left out.</summary>
    /// <param name="text">The passage.</param>
    /// <param name="ends">Receives where the first begins, then where each ends.</param>
    internal static void Ends(ReadOnlySpan<byte> text, List<int> ends)
    {
        ends.Clear();
        int at = 0;
        while (at < Math.Min(3, text.Length) && IsInside(text[at])) at++;
        ends.Add(at);
        bool joined = false;
        while (at < text.Length)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text[at..], out Rune rune, out int length);
            if (status == OperationStatus.NeedMoreData) break;
            at += status == OperationStatus.Done ? length : 1;
            bool extends = status == OperationStatus.Done && ends.Count > 1 && (joined || IsExtending(rune));
            joined = extends && rune.Value == Joiner;
            if (extends) ends[^1] = at;
            else ends.Add(at);
        }
    }

    // Marks, the joiner of emoji, variation selectors (which are marks) and skin tones.
    private static bool IsExtending(Rune rune) => rune.Value >= 0x300 && (rune.Value is Joiner or (>= 0x1F3FB and <= 0x1F3FF) || IsMark(rune));
}
