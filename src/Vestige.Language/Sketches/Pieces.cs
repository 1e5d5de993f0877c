using System.Buffers;
using System.Text;
using Vestige.Language.Views;

namespace Vestige.Language.Sketches;

/// <summary>Cuts a text into the pieces that a sketch keeps or leaves out: a word with the blank before it, a sign with the blank before it, white space.</summary>
/// <remarks>
/// Together they are the text, byte for byte. In scripts without spaces between words a letter with its marks is a piece, as in <see cref="Words"/>. A byte that is
/// no character counts as a letter.
/// </remarks>
internal static class Pieces
{
    private enum Kind
    {
        Letter,
        Alone,
        Mark,
        Apostrophe,
        Blank,
        Break,
        Sign,
    }

    /// <summary>The pieces of a text, in order.</summary>
    internal static List<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> text)
    {
        var pieces = new List<ReadOnlyMemory<byte>>(text.Length / 5);
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = LengthOf(text.Span[at..]);
            pieces.Add(text.Slice(at, length));
        }
        return pieces;
    }

    /// <summary>Whether a piece begins with a letter, so that no other that ends with one can stand before it: they would be one word.</summary>
    internal static bool Opens(ReadOnlySpan<byte> piece) => piece.Length > 0 && Next(piece, out _) is Kind.Letter or Kind.Mark;

    /// <summary>Whether a piece ends with a letter.</summary>
    internal static bool Closes(ReadOnlySpan<byte> piece)
    {
        var last = Kind.Blank;
        for (int at = 0; at < piece.Length;)
        {
            last = Next(piece[at..], out int length);
            at += length;
        }
        return last is Kind.Letter or Kind.Mark;
    }

    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        Kind kind = Next(text, out int at);
        if (kind == Kind.Blank && at < text.Length && Next(text[at..], out int after) is var behind and not (Kind.Blank or Kind.Break)) (kind, at) = (behind, at + after);
        if (kind is Kind.Blank or Kind.Break)
        {
            // The last blank of white space belongs to the word behind it.
            while (at < text.Length && Next(text[at..], out int length) is var next and (Kind.Blank or Kind.Break)
                && (next == Kind.Break || at + length == text.Length || Next(text[(at + length)..], out _) is Kind.Blank or Kind.Break)) at += length;
            return at;
        }
        if (kind is Kind.Sign or Kind.Apostrophe) return at;
        bool alone = kind == Kind.Alone;
        while (at < text.Length)
        {
            Kind next = Next(text[at..], out int length);
            bool joins = next == Kind.Mark || (!alone && next == Kind.Letter)
                || (!alone && next == Kind.Apostrophe && at + length < text.Length && Next(text[(at + length)..], out _) == Kind.Letter);
            if (!joins) break;
            at += length;
        }
        return at;
    }

    private static Kind Next(ReadOnlySpan<byte> text, out int length)
    {
        length = 1;
        if (text[0] < 128)
        {
            char c = (char)text[0];
            return c == ' ' ? Kind.Blank : c == '\'' ? Kind.Apostrophe : char.IsAsciiLetterOrDigit(c) ? Kind.Letter
                : c is '\t' or '\n' or '\r' or '\f' or '\v' ? Kind.Break : Kind.Sign;
        }
        if (Rune.DecodeFromUtf8(text, out Rune rune, out length) != OperationStatus.Done)
        {
            length = 1;
            return Kind.Letter;
        }
        if (rune.Value == '’') return Kind.Apostrophe;
        if (Characters.IsMark(rune)) return Kind.Mark;
        return Rune.IsLetterOrDigit(rune) ? Words.StandAlone(rune.Value) ? Kind.Alone : Kind.Letter : Rune.IsWhiteSpace(rune) ? Kind.Break : Kind.Sign;
    }
}
