using System.Text;
using Vestige.Language;
using Vestige.Numerics;

namespace Vestige.Tests.Language;

public sealed class ShuffledWordsTests
{
    private static string Shuffle(string text, ulong seed = 1)
    {
        var rng = new Rng(seed);
        return ShuffledWords.Of(new Passage(Encoding.UTF8.GetBytes(text), "d", 7), ref rng).ToString();
    }

    [Fact]
    public void Words_change_places_and_what_stands_between_them_stays()
    {
        const string text = "  It was the best of times,\n it was the worst of times. ";
        string shuffled = Shuffle(text);
        Assert.NotEqual(text, shuffled);
        Assert.Equal(text.Length, shuffled.Length);
        Assert.Equal(text.Split(' ', '\n').Order(), shuffled.Split(' ', '\n').Order());
        Assert.StartsWith("  ", shuffled, StringComparison.Ordinal);
        Assert.Equal(1, shuffled.Count(c => c == '\n'));
        Assert.Equal(shuffled, Shuffle(text));
        Assert.NotEqual(shuffled, Shuffle(text, 2));
    }

    [Fact]
    public void Text_without_spaces_is_cut_between_characters()
    {
        const string text = "春眠不覺曉處處聞啼鳥夜來風雨聲花落知多少";
        string shuffled = Shuffle(text);
        Assert.NotEqual(text, shuffled);
        Assert.Equal(text.Order(), shuffled.Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a")]
    [InlineData("a b")]
    public void What_has_no_parts_comes_back(string text) => Assert.Equal(text.Order(), Shuffle(text).Order());
}
