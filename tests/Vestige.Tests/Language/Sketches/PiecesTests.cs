using System.Text;
using Vestige.Language.Sketches;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Sketches;

public sealed class PiecesTests
{
    [Theory]
    [InlineData("It was, I think, Don't Panic!", "It| was|,| I| think|,| Don't| Panic|!")]
    [InlineData("dogs' 'n' cats", "dogs|'| '|n|'| cats")]
    [InlineData("one  two\n\n three\n", "one| | two|\n\n| three|\n")]
    [InlineData("über Straße 東京は", "über| Straße| 東|京|は")]
    [InlineData(" “well”", " “|well|”")]
    [InlineData("   ", "   ")]
    [InlineData("", "")]
    public void PiecesAreWordsWithTheBlankBeforeThemSignsAndWhiteSpace(string text, string pieces) =>
        Assert.Equal(pieces, string.Join('|', Pieces.Of(Encoding.UTF8.GetBytes(text)).Select(piece => Encoding.UTF8.GetString(piece.Span))));

    [Fact]
    public void TogetherTheyAreTheTextWhateverItsBytes()
    {
        var rng = new Rng(3);
        for (int i = 0; i < 2000; i++)
        {
            byte[] text = new byte[rng.NextInt(40)];
            // Letters, white space and the bytes of UTF-8, whole and broken.
            foreach (ref byte value in text.AsSpan()) value = (byte)(rng.NextInt(3) == 0 ? " \n'-"[rng.NextInt(4)] : rng.NextInt(256));
            List<ReadOnlyMemory<byte>> pieces = Pieces.Of(text);
            Assert.All(pieces, piece => Assert.NotEqual(0, piece.Length));
            Assert.Equal(text, pieces.SelectMany(piece => piece.ToArray()));
        }
    }

    [Theory]
    [InlineData("word", true, true)]
    [InlineData(" word", false, true)]
    [InlineData("\n", false, false)]
    [InlineData("東", false, false)]
    [InlineData("don't", true, true)]
    public void ItIsKnownWhetherAPieceBeginsAndEndsWithALetter(string piece, bool opens, bool closes) =>
        Assert.Equal((opens, closes), (Pieces.Opens(Encoding.UTF8.GetBytes(piece)), Pieces.Closes(Encoding.UTF8.GetBytes(piece))));
}
