using System.Text;

namespace Vestige.Language.Sources;

/// <summary>Text in other encodings than UTF-8.</summary>
internal static class EncodedText
{
    static EncodedText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>An encoding that refuses what it does not know.</summary>
    /// <param name="name">As registered at IANA, in any case: <c>windows-1252</c>, <c>utf-16</c>, <c>shift_jis</c>.</param>
    /// <exception cref="ArgumentException">There is no such encoding; the message is for the user.</exception>
    internal static Encoding Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"There is no encoding {name}; some are latin1, windows-1252, utf-16, utf-16be, shift_jis, gb18030, euc-kr, koi8-r.");
        }
    }

    /// <summary>The same text as UTF-8.</summary>
    /// <remarks>Reading throws a <see cref="DecoderFallbackException"/> where the bytes are none of the encoding's.</remarks>
    internal static Stream AsUtf8(Stream stored, Encoding encoding) => Encoding.CreateTranscodingStream(stored, encoding, new UTF8Encoding(false, true));
}
