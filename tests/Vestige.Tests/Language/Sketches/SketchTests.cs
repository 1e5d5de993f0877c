using System.Text;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Sketches;
using Vestige.Language.Worlds;
using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Tests.Language.Sketches;

public sealed class SketchTests
{
    private static readonly FactsWorld s_world = new(new FactsOptions(people: 24, relations: 4, values: 8), 1500, 1);
    private static readonly Training<Passage> s_training = new([.. Enumerable.Range(0, 1500).Select(i => new Entry<Passage>(s_world, i))], 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly string[] s_texts =
    [
        "", "x", "Leo", " ", "\n\n\n", "Leo Kellin was born in Lyon.\n", "Qwxyz zyxwq!", "東京は夜の七時。",
        "Ελλάδα, κόσμος", "a\0b\u00ffc", new string('z', 3000),
    ];

    [Theory]
    [InlineData("sketch:keep=0.3")]
    [InlineData("sketch:keep=0.3,places=exact")]
    [InlineData("sketch:keep=0.5,model=frequency")]
    [InlineData("sketch:keep=1")]
    public void WhatIsKeptComesOutOfTheFileAsItWentIn(string spec)
    {
        SketchCodec codec = Codec(spec);
        var rng = new Rng(7);
        byte[] noise = new byte[700];
        foreach (ref byte value in noise.AsSpan()) value = (byte)rng.NextInt(256);
        foreach (byte[] text in s_texts.Select(Encoding.UTF8.GetBytes).Append(noise).Concat(Enumerable.Range(0, 200).Select(i => s_world.Item(i * 3).Bytes.ToArray())))
        {
            var item = new Passage(text, "text", 0);
            Sketch sketch = codec.SketchOf(item), again = codec.Read(codec.Encode(item));
            Assert.Equal(sketch.Places.Select(Shown), again.Places.Select(Shown));
            Passage decoded = codec.Code(item).Reconstruction;
            if (spec == "sketch:keep=1") Assert.Equal(text, decoded.Bytes.ToArray());
            // What is kept stands in the text, in order.
            int at = 0;
            foreach (ReadOnlyMemory<byte> piece in sketch.Places.OfType<ReadOnlyMemory<byte>>())
            {
                int found = decoded.Span[at..].IndexOf(piece.Span);
                Assert.True(found >= 0, $"{Encoding.UTF8.GetString(piece.Span)} is not in {decoded}");
                at += found + piece.Length;
            }
        }
    }

    [Fact]
    public void TheSameFileGivesTheSameTextAndAnotherSeedAnother()
    {
        SketchCodec mean = Codec("sketch:keep=0.2"), one = Codec("sketch:keep=0.2,decode=sample"), other = Codec("sketch:keep=0.2,decode=sample,seed=9");
        Passage[] items = [.. Enumerable.Range(0, 100).Select(i => s_world.Item(i * 5))];
        string[] Texts(SketchCodec codec) => [.. items.Select(item => codec.Code(item).Reconstruction.ToString())];
        Assert.Equal(Texts(one), Texts(one));
        Assert.NotEqual(Texts(one), Texts(other));
        Assert.NotEqual(Texts(one), Texts(mean));
        // How it is decoded costs nothing.
        Assert.Equal(items.Select(mean.Encode), items.Select(other.Encode));
    }

    [Fact]
    public void AModelThatWasWrittenAndReadAgainReadsTheSameSketches()
    {
        SketchCodec codec = Codec("sketch:keep=0.3");
        using var stream = new MemoryStream();
        codec.Model.Write(stream);
        Assert.Equal(codec.DescriptionBytes, stream.Length);
        stream.Position = 0;
        SketchCodec again = new(SketchModel.Read(stream), 0, new SketchOptions(0.3, false, false, null));
        foreach (int i in Enumerable.Range(0, 100))
        {
            byte[] coded = codec.Encode(s_world.Item(i * 4));
            Assert.Equal(codec.Decode(coded, "a", 0), again.Decode(coded, "a", 0));
        }
    }

    [Fact]
    public void AHostileFileIsRefusedOrIsAnotherSketchAndNeverAnythingElse()
    {
        SketchCodec codec = Codec("sketch:keep=0.3");
        var rng = new Rng(13);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] coded = i % 2 == 0 ? new byte[rng.NextInt(60)] : codec.Encode(s_world.Item(i % 700));
            if (i % 2 == 0) foreach (ref byte value in coded.AsSpan()) value = (byte)rng.NextInt(256);
            else if (coded.Length > 0) coded[rng.NextInt(coded.Length)] ^= (byte)(1 + rng.NextInt(255));
            try
            {
                Assert.InRange(codec.Read(coded).Places.Count, 0, Sketch.MostPlaces);
            }
            catch (InvalidDataException error)
            {
                refused++;
                Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
            }
        }
        Assert.InRange(refused, 1, 2999);
    }

    [Fact]
    public void AtTheSameBytesWhatNeighboursCannotTellKeepsMoreFactsThanWhatIsRare()
    {
        // The baseline has more bytes and both ways to keep places; exact sums over all that the world says.
        (double bytes, double facts) = Facts("sketch:keep=0.24");
        foreach (string places in new[] { "order", "exact" })
        {
            (double most, double kept) = Facts($"sketch:keep=0.4,model=frequency,places={places}");
            Assert.True(most >= bytes, $"{places}: {most:0.000} bytes, {bytes:0.000}");
            Assert.True(facts > kept, $"{places}: {kept:0.000} of facts, {facts:0.000}");
        }

        static (double Bytes, double Facts) Facts(string spec)
        {
            SketchCodec codec = Codec(spec);
            (double bytes, double facts) = (0, 0);
            for (int x = 0; x < s_world.Probabilities.Count; x++)
            {
                Coded<Passage> coded = codec.Code(s_world.Item(x));
                bytes += s_world.Probabilities[x] * coded.Bytes;
                if (s_world.NumberOf(coded.Reconstruction) is >= 0 and int said && s_world.Facts.FactOf[said] == s_world.Facts.FactOf[x]) facts += s_world.Probabilities[x];
            }
            return (bytes, facts);
        }
    }

    [Theory]
    [InlineData("sketch:keep=1.2", "keep=1.2 is not allowed: keep is a number, 0.01..1")]
    [InlineData("sketch:keep=0", "keep=0 is not allowed")]
    [InlineData("sketch:model=gpt", "model=gpt is not allowed: model is one of ngram, frequency")]
    [InlineData("sketch:decode=median", "decode=median is not allowed: decode is one of mean, sample")]
    [InlineData("sketch:seed=3", "seed has no effect with decode=mean")]
    public void WhatCannotBeIsSaid(string spec, string message) =>
        Assert.Contains(message, Assert.Throws<SpecException>(() => Row(spec)).Message, StringComparison.Ordinal);

    [Fact]
    public void TextsWithoutWordsInCommonTeachNothingAndAreNoCrash()
    {
        var list = new TextList(16, "abcdefghijklmnop", "qrstuvwxyz012345", "6789ABCDEFGHIJKL");
        Assert.Contains("no word stands in two documents", Assert.Throws<UnusableDocumentException>(
            () => Row("sketch").Compress(new Training<Passage>(list.Entries, 1), null, Token)).Message, StringComparison.Ordinal);
    }

    private static string Shown(ReadOnlyMemory<byte>? piece) => piece is { } bytes ? Convert.ToHexString(bytes.Span) : "_";

    private static ICompressor<Passage> Row(string spec) => SketchCompressor.Row.Create(Spec.Parse(spec, [SketchCompressor.Row])[0]);

    private static SketchCodec Codec(string spec) => (SketchCodec)Row(spec).Compress(s_training, null, Token);
}
