using System.Text;
using Vestige.Language;
using Vestige.Language.Paired;
using Vestige.Numerics;

namespace Vestige.Tests.Language.Paired;

public sealed class TextPairingTests
{
    private static readonly TextPairing s_pairing = new();

    [Theory]
    [InlineData("the cat sat on the mat", "the cat sat on the mat", 1, 0)]
    [InlineData("the cat sat on the mat", "the dog sat on a mat", 4.0 / 6, 2.0 / 6)]
    [InlineData("the cat sat", "The CAT, sat!", 1, 0)]
    [InlineData("one two", "two one", 0.5, 0.5)]
    [InlineData("one two", "", 0, 0)]
    [InlineData("", "one two", 1, 1)]
    [InlineData("...", "!", 1, 0)]
    [InlineData("東京は", "東京も", 2.0 / 3, 1.0 / 3)]
    public void WordsAreKeptLostAndInvented(string original, string reconstruction, double kept, double invented)
    {
        double[] values = s_pairing.Prepare(Text(original)).Compare(Text(reconstruction));
        Assert.Equal(3, s_pairing.Measures.Count);
        Assert.Equal([kept, 1 - kept, invented], values, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void TheAlignmentIsTheLongestThereIs()
    {
        var rng = new Rng(2);
        for (int i = 0; i < 300; i++)
        {
            string[] Words(ref Rng rng)
            {
                string[] words = new string[rng.NextInt(8)];
                for (int w = 0; w < words.Length; w++) words[w] = "abc"[rng.NextInt(3)].ToString();
                return words;
            }

            (string[] before, string[] after) = (Words(ref rng), Words(ref rng));
            int best = 0;
            // Every choice of the original's words, against the reconstruction from its start.
            for (int chosen = 0; chosen < 1 << before.Length; chosen++)
            {
                string[] part = [.. before.Where((_, w) => (chosen >> w & 1) != 0)];
                int at = 0;
                foreach (string word in after)
                    if (at < part.Length && part[at] == word) at++;
                if (at == part.Length) best = Math.Max(best, at);
            }
            var words = new WordAlignment(Encoding.ASCII.GetBytes(string.Join(' ', before)), Encoding.ASCII.GetBytes(string.Join(' ', after)));
            Assert.Equal(best, words.Common());
            var (left, right) = words.Align();
            Assert.Equal((best, best), (left.Kept.Count(kept => kept), right.Kept.Count(kept => kept)));
        }
    }

    [Fact]
    public void BothAreShownWithWhatIsNotInTheOther()
    {
        var shown = s_pairing.ShowText(Text("It was a dark night, sir."), Text("It was the stormy night."))!.Value;
        Assert.Equal([("It was ", "plain"), ("a dark", "lost"), (" night, ", "plain"), ("sir", "lost"), (".", "plain")], shown.Original.Select(span => (span.Text, span.Class)));
        Assert.Equal([("It was ", "plain"), ("the stormy", "invented"), (" night.", "plain")], shown.Reconstruction.Select(span => (span.Text, span.Class)));
    }

    private static Passage Text(string text) => new(Encoding.UTF8.GetBytes(text), "text", 0);
}
