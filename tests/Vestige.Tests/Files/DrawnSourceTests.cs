using System.Globalization;
using System.Text;
using Vestige.Compressors;
using Vestige.Files;
using Vestige.Images.Sources;
using Vestige.Language.Sources;
using Vestige.Sources;
using Vestige.Tests.Images;

namespace Vestige.Tests.Files;

/// <summary>Sources of more files than are kept.</summary>
public sealed class DrawnSourceTests : IDisposable
{
    private const int Most = 1000;

    private static readonly DateTime s_settled = DateTime.UtcNow.AddHours(-1);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private void Write(string name, byte[] content) => File.SetLastWriteTimeUtc(_folder.Write(name, content), s_settled);

    private static byte[] Pgm(int number) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P2 2 2 255 {number % 251} {number / 251} 7 9\n"));

    private static byte[] Text(int number) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"text {number} of many\n"));

    /// <summary>Files in folders; of each hundred one is empty and two are the same.</summary>
    private void Write(int count, string extension, Func<int, byte[]> content)
    {
        for (int i = 0; i < count; i++)
            Write(string.Create(CultureInfo.InvariantCulture, $"{i % 7}/{i:00000}{extension}"), (i % 100) switch { 0 => [], 1 => content(i + 1), _ => content(i) });
    }

    private PictureFolder Pictures(FileListing? known, int most = Most) => PictureFolder.Open(
        _folder.Path, PictureOptions.Default with { Known = known, MostDocuments = most }, null, TestContext.Current.CancellationToken);

    private TextFolder Texts(FileListing? known, int most = Most) => TextFolder.Open(
        _folder.Path, TextOptions.Default with { Known = known, MostDocuments = most }, null, TestContext.Current.CancellationToken);

    /// <summary>What of all documents a source of fewer should hold: those under its largest hash, by name.</summary>
    private static void AssertDrawn(IReadOnlyList<Document> all, IReadOnlyList<Document> drawn)
    {
        Assert.InRange(drawn.Count, Most / 2, Most);
        UInt128 limit = drawn.Where(document => document.Content != 0).Max(document => document.Content);
        Assert.Equal(all.Where(document => document.Content != 0 && document.Content <= limit), drawn.Where(document => document.Content != 0));
        // What cannot be used is drawn too, by its name.
        Assert.InRange(drawn.Count(document => document.Content == 0), 1, all.Count(document => document.Content == 0) - 1);
        Assert.Equal(drawn.Select(document => document.Name).Order(StringComparer.Ordinal), drawn.Select(document => document.Name));
    }

    [Fact]
    public void Pictures_are_drawn_by_what_they_hold_and_a_listing_holds_those_and_no_others()
    {
        Write(3000, ".pgm", Pgm);
        Write("notes.doc", "passed over"u8.ToArray());
        var listing = FileListing.Of(null);
        PictureFolder all = Pictures(null, 5000), drawn = Pictures(listing);
        AssertDrawn(all.Documents, drawn.Documents);
        Assert.Contains(drawn.Notices, notice => notice.StartsWith(
            $"3,000 images are more than are kept: {drawn.Documents.Count} of them, drawn by what they hold, stand for all", StringComparison.Ordinal));
        Assert.DoesNotContain(all.Notices, notice => notice.Contains("kept", StringComparison.Ordinal));
        // What others add is not of the plan, and is not even looked at.
        byte[] kept = listing.ToBytes();
        Write("0/one more.pgm", Pgm(9999));
        var again = FileListing.Of(kept);
        PictureFolder known = Pictures(again);
        Assert.Equal(drawn.Documents, known.Documents);
        Assert.Equal(drawn.Notices, known.Notices);
        Assert.Equal(kept, again.ToBytes());
        // Who plans anew sees all.
        var anew = FileListing.Of(kept);
        anew.ForgetDrawn();
        Assert.Contains(Pictures(anew).Notices, notice => notice.StartsWith("3,001 images", StringComparison.Ordinal));
        // Another bound is another source.
        Assert.Equal(3001, Pictures(FileListing.Of(kept), 5000).Documents.Count);
    }

    [Fact]
    public void Texts_are_drawn_by_what_they_hold_and_a_listing_holds_those_and_no_others()
    {
        Write(3000, ".txt", Text);
        var listing = FileListing.Of(null);
        TextFolder all = Texts(null, 5000), drawn = Texts(listing);
        AssertDrawn(all.Documents, drawn.Documents);
        Assert.Contains(drawn.Notices, notice => notice.StartsWith($"3,000 files are more than are kept: {drawn.Documents.Count} of them", StringComparison.Ordinal));
        byte[] kept = listing.ToBytes();
        Write("0/one more.txt", Text(9999));
        TextFolder known = Texts(FileListing.Of(kept));
        Assert.Equal(drawn.Documents, known.Documents);
        Assert.Equal(drawn.Notices, known.Notices);
        for (int i = 0; i < drawn.Documents.Count; i += 97)
            if (drawn.Documents[i].Content != 0) Assert.Equal(drawn.Read(i)[0].ToString(), known.Read(i)[0].ToString());
    }

    [Fact]
    public void A_drawn_file_that_changed_or_went_is_seen_to_have()
    {
        Write(1500, ".pgm", Pgm);
        var listing = FileListing.Of(null);
        IReadOnlyList<Document> drawn = Pictures(listing).Documents;
        string[] usable = [.. drawn.Where(document => document.Content != 0).Select(document => document.Name)];
        File.Delete(Path.Combine(_folder.Path, usable[0]));
        File.WriteAllBytes(Path.Combine(_folder.Path, usable[1]), Pgm(12_345));
        PictureFolder now = Pictures(FileListing.Of(listing.ToBytes()));
        Assert.Equal(drawn.Select(document => document.Name), now.Documents.Select(document => document.Name));
        Assert.Equal([usable[0], usable[1]], now.Documents.Zip(drawn).Where(pair => pair.First.Content != pair.Second.Content).Select(pair => pair.First.Name));
        int gone = drawn.ToList().FindIndex(document => document.Name == usable[0]);
        Assert.Contains("is a broken link", Assert.Throws<UnusableDocumentException>(() => now.Read(gone)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_are_drawn_from_many_files_but_every_process_takes_them_out()
    {
        for (int i = 0; i < 1200; i++)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{i:0000}.jsonl"),
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"text\": \"a {i}\"}}\n{{\"text\": \"b {i}\"}}\n")));
        }
        var listing = FileListing.Of(null);
        TextFolder drawn = Texts(listing), all = Texts(null, 5000);
        Assert.InRange(drawn.Documents.Count, Most / 2, Most);
        UInt128 limit = drawn.Documents.Max(document => document.Content);
        Assert.Equal(all.Documents.Where(document => document.Content <= limit).Select(document => (document.Name, document.Content)),
            drawn.Documents.Select(document => (document.Name, document.Content)));
        Assert.Equal(drawn.Documents, Texts(FileListing.Of(listing.ToBytes())).Documents);
        for (int i = 0; i < drawn.Documents.Count; i += 97) Assert.Equal(drawn.Documents[i].Size, drawn.Read(i).Single().Length);
    }

    [Fact]
    public void Going_through_a_large_folder_is_told_of_and_can_be_stopped()
    {
        for (int i = 0; i < 2100; i++) Write(string.Create(CultureInfo.InvariantCulture, $"{i:0000}.pgm"), Pgm(i));
        using var stop = new CancellationTokenSource();
        var told = new Told(stop, 2);
        Assert.Throws<OperationCanceledException>(() => PictureFolder.Open(_folder.Path, PictureOptions.Default with { MostDocuments = Most }, told, stop.Token));
        Assert.Equal(["listing files 1,024 so far", "listing files 2,048 so far"], told.Lines);
    }

    /// <summary>Takes down what it is told, and stops the work after so many times.</summary>
    private sealed class Told(CancellationTokenSource stop, int after) : IProgress<WorkProgress>
    {
        internal List<string> Lines { get; } = [];

        public void Report(WorkProgress value)
        {
            Lines.Add($"{value.What} {value.Detail}");
            if (Lines.Count == after) stop.Cancel();
        }
    }

    [Fact]
    public void A_part_of_a_large_folder_is_found_by_its_name()
    {
        for (int i = 0; i < 1200; i++) Write(string.Create(CultureInfo.InvariantCulture, $"train/{i:0000}.pgm"), Pgm(i));
        for (int i = 0; i < 10; i++) Write(string.Create(CultureInfo.InvariantCulture, $"test/{i:0000}.pgm"), Pgm(5000 + i));
        PictureFolder Part(string name) => PictureFolder.Open(
            _folder.Path + ":" + name, PictureOptions.Default with { MostDocuments = Most }, null, TestContext.Current.CancellationToken);
        Assert.Equal(10, Part("test").Documents.Count);
        Assert.InRange(Part("train").Documents.Count, Most / 2, Most);
        Assert.Contains("no file of it is of the part \"dev\"", Assert.Throws<FileNotFoundException>(() => Part("dev")).Message, StringComparison.Ordinal);
    }
}
