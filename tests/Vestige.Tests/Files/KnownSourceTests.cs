using System.Text;
using Vestige.Files;
using Vestige.Images.Sources;
using Vestige.Language.Sources;
using Vestige.Sources;
using Vestige.Tests.Images;

namespace Vestige.Tests.Files;

/// <summary>Sources whose files are known from an earlier reading.</summary>
public sealed class KnownSourceTests : IDisposable
{
    private static readonly DateTime s_settled = DateTime.UtcNow.AddHours(-1);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Write(string name, byte[] content, DateTime modified) => File.SetLastWriteTimeUtc(_folder.Write(name, content), modified);

    private void WriteText(string name, string text, DateTime modified) => Write(name, Encoding.UTF8.GetBytes(text), modified);

    private TextFolder Texts(FileListing? known) => TextFolder.Open(_folder.Path, TextOptions.Default with { Known = known }, null, TestContext.Current.CancellationToken);

    private PictureFolder Pictures(FileListing? known) =>
        PictureFolder.Open(_folder.Path, PictureOptions.Default with { Known = known }, null, TestContext.Current.CancellationToken);

    /// <summary>What a reading of all leaves for the next.</summary>
    private static FileListing After(Func<FileListing, object> open)
    {
        var listing = FileListing.Of(null);
        open(listing);
        return FileListing.Of(listing.ToBytes());
    }

    private static string Prose(int length, char with = 'a') => string.Concat(Enumerable.Range(0, length).Select(i => i % 61 == 60 ? '\n' : i % 7 == 0 ? with : 'x'));

    [Theory]
    [InlineData(5)]
    [InlineData(TextFolder.FewDocuments)]
    public void Texts_that_are_known_are_the_documents_that_reading_finds(int count)
    {
        for (int i = 0; i < count; i++) WriteText($"{i:000}.txt", Prose(20_000 + i).Replace("\n", i % 2 == 0 ? "\n" : "\r\n", StringComparison.Ordinal), s_settled);
        WriteText("bad.txt", "\0", s_settled);
        WriteText("lines.jsonl", """{"text": "records are read each time"}""", s_settled);
        TextFolder read = Texts(null), known = Texts(After(Texts));
        Assert.Equal(read.Documents, known.Documents);
        Assert.Equal(read.Notices, known.Notices);
        for (int i = 0; i < read.Documents.Count; i++)
        {
            if (read.Documents[i].Content == 0) Assert.Throws<UnusableDocumentException>(() => known.Read(i));
            else Assert.Equal(read.Read(i).Select(passage => (passage.Offset, passage.ToString())), known.Read(i).Select(passage => (passage.Offset, passage.ToString())));
        }
    }

    [Fact]
    public void A_text_that_changed_is_read_and_one_whose_time_says_nothing_is_not_used()
    {
        WriteText("a.txt", Prose(600), s_settled);
        WriteText("b.txt", Prose(600), s_settled);
        FileListing listing = After(Texts);
        WriteText("a.txt", Prose(600, 'b'), s_settled.AddSeconds(1));
        WriteText("b.txt", Prose(600, 'c'), s_settled);
        TextFolder known = Texts(listing);
        Assert.Equal(Texts(null).Documents[0], known.Documents[0]);
        Assert.Contains('b', known.Read(0)[0].ToString());
        // It was not read: but what it holds now is not taken for what it held.
        Assert.Contains("changed during the run", Assert.Throws<UnusableDocumentException>(() => known.Read(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_that_are_known_are_those_that_reading_finds_and_a_changed_one_is_read()
    {
        Write("a.png", TestImages.Save(TestImages.Photo(8, 8, 1), "png"), s_settled);
        Write("b.jpg", TestImages.Save(TestImages.Photo(8, 8, 2), "jpg"), s_settled);
        Write("c.png", [], s_settled);
        FileListing listing = After(Pictures), again = After(Pictures);
        byte[] other = [.. File.ReadAllBytes(Path.Combine(_folder.Path, "a.png"))];
        other[^1] ^= 1;
        Write("a.png", other, s_settled);
        PictureFolder known = Pictures(listing), read = Pictures(null);
        Assert.Equal("jpeg", known.Documents[1].Format);
        Assert.Equal(read.Documents.Skip(1), known.Documents.Skip(1));
        Assert.NotEqual(read.Documents[0].Content, known.Documents[0].Content);
        Assert.Contains("changed during the run", Assert.Throws<UnusableDocumentException>(() => known.Read(0)).Message, StringComparison.Ordinal);
        // Its time says that it is another.
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "a.png"), s_settled.AddSeconds(1));
        Assert.Equal(read.Documents, Pictures(again).Documents);
    }
}
