using System.Globalization;
using System.IO.Compression;
using System.Text;
using Vestige.Language;
using Vestige.Language.Sources;
using Vestige.Language.Sources.Records;
using Vestige.Sources;
using Vestige.Tests.Images;

namespace Vestige.Tests.Language.Sources;

public sealed class TextFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Few_documents_are_cut_into_sections_and_those_into_passages_that_say_where_they_are_from()
    {
        string text = Prose(40_000);
        _folder.Write("b.txt", Encoding.UTF8.GetBytes(text));
        _folder.Write("deep/a.md", Encoding.UTF8.GetBytes(text[..700]));
        _folder.Write("ignored.pdf", [1]);
        TextFolder source = Open();

        Assert.Equal(["b.txt, section 1", "b.txt, section 2", "b.txt, section 3", "deep/a.md"], source.Documents.Select(d => d.Name));
        Assert.Equal([32, 32, 15, 2], source.Documents.Select(d => d.Units));
        Assert.Equal(1, source.Ignored);
        Assert.Contains(source.Notices, n => n.Contains("cut into 3 sections of 16384 bytes", StringComparison.Ordinal));
        Passage[] passages = [.. Enumerable.Range(0, 3).SelectMany(source.Read)];
        Assert.Equal(text, string.Concat(passages.Select(p => p.ToString())));
        // The last is as long as what is left.
        Assert.All(passages, (p, i) => Assert.Equal(("b.txt", i * 512L, i == 78 ? 64 : 512), (p.Document, p.Offset, p.Length)));
        Assert.Equal(512, source.Medium.FullSize);
        Assert.Equal(4, source.Documents.Select(d => d.Content).Distinct().Count());
        // Sections of a file are of one group.
        Assert.Equal(source.Documents[0].Group, source.Documents[2].Group);
        Assert.NotEqual(source.Documents[0].Group, source.Documents[3].Group);
        Assert.Equal(40_000, source.Documents.Take(3).Sum(d => d.Bytes));
    }

    [Fact]
    public void Many_documents_stay_whole()
    {
        for (int i = 0; i < TextFolder.FewDocuments; i++) _folder.Write($"{i:000}.txt", Encoding.UTF8.GetBytes(Prose(1100 + i)));
        TextFolder source = Open();
        Assert.Equal(TextFolder.FewDocuments, source.Documents.Count);
        Assert.Equal("007.txt", source.Documents[7].Name);
        Assert.Equal(Prose(1107), string.Concat(source.Read(7).Select(p => p.ToString())));
        Assert.Empty(source.Notices);
    }

    [Fact]
    public void The_same_text_stored_in_any_way_gives_the_same_passages()
    {
        string text = Prose(50_000);
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] dos = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal))];
        byte[] record = Encoding.UTF8.GetBytes($"{{\"id\": 1, \"text\": {System.Text.Json.JsonSerializer.Serialize(text)}}}");
        string[] paths =
        [
            _folder.Write("unix.txt", utf8),
            _folder.Write("mac.txt", Encoding.UTF8.GetBytes(text.Replace('\n', '\r'))),
            _folder.Write("dos.md", dos),
            _folder.Write("dos.txt.gz", Gzip(dos)),
            _folder.Write("record.jsonl", [0xEF, 0xBB, 0xBF, .. record, (byte)'\n', (byte)'\r', (byte)'\n']),
            _folder.Write("record.jsonl.GZ", Gzip(record)),
            _folder.Write("anything", utf8),
        ];
        foreach (string path in paths)
        {
            foreach (int length in new[] { 16, 512, 513, 65536 / 2 })
            {
                TextFolder source = Open(path, new TextOptions(length));
                IEnumerable<Passage> passages = Enumerable.Range(0, source.Documents.Count).SelectMany(source.Read);
                Assert.Equal(text, string.Concat(passages.Select(p => p.ToString())));
                // Sections are whole passages but for the end of the text.
                Assert.Equal(source.Documents.Sum(d => d.Units), (50_000 + length - 1) / length);
                Assert.True(source.Documents.Sum(d => d.Bytes) <= new FileInfo(path).Length);
            }
        }
    }

    [Fact]
    public void What_is_done_to_the_text_is_said()
    {
        _folder.Write("a.txt", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("one\r\ntwo\rthree " + Prose(600))]);
        _folder.Write("b.txt", "short"u8.ToArray());
        Assert.Equal(
        [
            "line ends CR LF or CR read as LF in 1 file, a byte order mark left out of 1 file",
        ], Open().Notices);
    }

    [Fact]
    public void A_bad_file_says_what_is_wrong_where_and_the_others_go_on()
    {
        byte[] good = Encoding.UTF8.GetBytes(Prose(600));
        byte[] packed = Gzip(good);
        _folder.Write("binary.txt", [.. good, 0, .. good]);
        _folder.Write("empty.txt", []);
        _folder.Write("good.txt", good);
        _folder.Write("latin1.txt", [.. good, 0xE9, .. good]);
        _folder.Write("mark.txt", [0xEF, 0xBB, 0xBF]);
        _folder.Write("notgzip.txt.gz", good);
        _folder.Write("truncated.txt.gz", packed[..(packed.Length / 2)]);
        _folder.Write("utf16.txt", Encoding.Unicode.GetPreamble());
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link.txt"), "nowhere.txt");
        Assert.Equal(
        [
            "binary.txt: is no text but binary: byte 0 at offset 600",
            "empty.txt: is empty (0 bytes)",
            "good.txt",
            "latin1.txt: is not UTF-8: byte 0xE9 at offset 600 starts no character; save it as UTF-8, or say --encoding windows-1252, or what it is in",
            "link.txt: is a broken link",
            "mark.txt: is empty: it holds no text",
            "notgzip.txt.gz: is damaged: it cannot be unpacked as gzip",
            "truncated.txt.gz: is damaged: it cannot be unpacked as gzip",
            "utf16.txt: is not UTF-8: it starts like UTF-16; save it as UTF-8, or say --encoding utf-16",
        ], Outcomes(Open()));
    }

    [Theory]
    [InlineData("{\"text\": \"cut off", "line 17 is not valid JSON at byte 18 of the line")]
    [InlineData("{\"text\": \"a\"} x", "line 17 is not valid JSON at byte 15 of the line")]
    [InlineData("{\"body\": \"a\", \"id\": {\"text\": 3}}", "line 17 has no field \"text\"; it has \"body\", \"id\"")]
    [InlineData("{}", "line 17 has no field \"text\"")]
    [InlineData("{\"text\": [\"a\"]}", "line 17 has a field \"text\" that is no string")]
    [InlineData("[\"text\"]", "line 17 is no JSON object: a record is {\"text\": \"…\"}")]
    [InlineData("{\"text\": \"\\ud800\"}", "line 17 holds text that is not valid Unicode")]
    [InlineData("{\"text\": \"a\\u0000b\"}", "line 17 holds binary data: character U+0000")]
    public void A_broken_line_is_named_and_the_other_records_go_on(string broken, string message)
    {
        string good = $"{{\"text\": \"{new string('x', 600)}\"}}\n";
        string lines = string.Concat(Enumerable.Repeat(good, 16)) + broken + "\n\n" + good;
        _folder.Write("a.jsonl", Encoding.UTF8.GetBytes(lines));
        string[] outcomes = Outcomes(Open());
        Assert.Equal($"a.jsonl: {message}", outcomes[0]);
        Assert.Equal(18, outcomes.Length);
        Assert.Equal("a.jsonl, line 19", outcomes[^1]);
    }

    [Fact]
    public void Many_broken_lines_are_one_row_that_counts_them()
    {
        _folder.Write("a.jsonl", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"body\": \"a\"}\n", 1000))));
        Assert.Equal(["a.jsonl: line 1 has no field \"text\"; it has \"body\"; 999 more lines cannot be used"], Outcomes(Open()));
    }

    [Fact]
    public void A_line_may_be_longer_than_the_buffer_but_not_without_limit()
    {
        byte[] head = "{\"text\": \""u8.ToArray(), tail = "\"}\n"u8.ToArray();
        byte[] longest = [.. head, .. new string('x', 300_000).Select(c => (byte)c), .. tail];
        byte[] tooLong = new byte[JsonRecords.LongestLine + 2];
        Array.Fill(tooLong, (byte)'x');
        tooLong[^1] = (byte)'\n';
        using var stream = new MemoryStream([.. longest, .. tooLong, .. longest]);
        List<(int, int)> lines = [];
        foreach ((int number, ReadOnlyMemory<byte> line) in JsonRecords.Lines(stream)) lines.Add((number, line.Length));
        Assert.Equal([(1, longest.Length - 1), (2, JsonRecords.LongestLine + 1), (3, longest.Length - 1)], lines);
    }

    [Fact]
    public void The_field_of_a_record_can_be_chosen()
    {
        string path = _folder.Write("a.jsonl", Encoding.UTF8.GetBytes($"{{\"text\": 1, \"body\": \"{new string('x', 16)}\"}}"));
        TextFolder source = Open(path, new TextOptions(16, "body"));
        Assert.Equal(new string('x', 16), source.Read(0).Single().ToString());
    }

    [Fact]
    public void Nothing_short_is_lost()
    {
        for (int i = 0; i < 300; i++) _folder.Write($"{i:000}.txt", Encoding.UTF8.GetBytes(Prose(20 + i)));
        TextFolder source = Open();
        Assert.Equal(300, source.Documents.Count);
        Assert.All(Enumerable.Range(0, 300), i => Assert.Equal(Prose(20 + i), source.Read(i).Single().ToString()));
    }

    [Theory]
    [InlineData(null, 3, 0)]
    [InlineData("section", 3, 0)]
    [InlineData("file", 1, 3)]
    [InlineData("author", 2, 2)]
    public void Records_are_grouped_by_what_the_user_names(string? group, int groups, int together)
    {
        string path = _folder.Write("a.jsonl", """
            {"text": "one", "author": "x"}
            {"author": "y", "text": "two"}
            {"text": "three", "author": "x"}
            """u8.ToArray());
        TextFolder source = Open(path, TextOptions.Default with { Group = group });
        Assert.Equal(groups, source.Documents.Select((d, i) => d.Group == 0 ? (UInt128)i : d.Group).Distinct().Count());
        Assert.Equal(together, source.Documents.GroupBy(d => d.Group).Where(g => g.Key != 0 && g.Count() > 1).Sum(g => g.Count()));
    }

    [Fact]
    public void A_long_file_without_a_line_end_is_read_in_bounded_memory()
    {
        string path = Path.Combine(_folder.Path, "long.txt");
        byte[] part = new byte[1 << 20];
        part.AsSpan().Fill((byte)'x');
        using (FileStream file = File.Create(path))
            for (int i = 0; i < 32; i++) file.Write(part);
        long before = GC.GetAllocatedBytesForCurrentThread();
        TextFolder source = Open();
        // 2048 sections of under 100 bytes each, buffers of 128 KB, and lists that double as they grow: under 1 MB of 32.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(2048, source.Documents.Count);
        Assert.Equal(32, source.Read(2047).Count);
    }

    [Fact]
    public void A_text_that_changes_during_the_run_is_not_used()
    {
        string path = _folder.Write("a.txt", Encoding.UTF8.GetBytes(Prose(40_000)));
        TextFolder source = Open();
        using (FileStream file = File.OpenWrite(path))
        {
            file.Seek(20_000, SeekOrigin.Begin);
            file.Write("CHANGED"u8);
        }
        Assert.Equal(32, source.Read(0).Count);
        Assert.Contains("changed during the run", Assert.Throws<UnusableDocumentException>(() => source.Read(1)).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains("it is gone", Assert.Throws<UnusableDocumentException>(() => source.Read(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_can_be_read_from_several_threads()
    {
        string text = Prose(200_000);
        _folder.Write("a.txt.gz", Gzip(Encoding.UTF8.GetBytes(text)));
        TextFolder source = Open();
        string[] read = new string[source.Documents.Count];
        Parallel.For(0, read.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => read[i] = string.Concat(source.Read(i).Select(p => p.ToString())));
        Assert.Equal(text, string.Concat(read));
    }

    [Fact]
    public void What_is_not_there_or_not_allowed_is_said()
    {
        Assert.Contains("there is no such file or folder",
            Assert.Throws<FileNotFoundException>(() => Open(Path.Combine(_folder.Path, "no"), TextOptions.Default)).Message,
            StringComparison.Ordinal);
        foreach (int length in new[] { 15, 65537 })
            Assert.Throws<ArgumentException>(() => Open(_folder.Path, new TextOptions(length)));
        Assert.Empty(Open().Documents);
    }

    private TextFolder Open() => Open(_folder.Path, TextOptions.Default);

    private static TextFolder Open(string path, TextOptions options) =>
        TextFolder.Open(path, options, null, TestContext.Current.CancellationToken);

    private static string[] Outcomes(TextFolder source) => [.. Enumerable.Range(0, source.Documents.Count).Select(i =>
    {
        try
        {
            Assert.NotEmpty(source.Read(i));
            return source.Documents[i].Name;
        }
        catch (UnusableDocumentException error)
        {
            Assert.Equal(((UInt128)0, 0), (source.Documents[i].Content, source.Documents[i].Units));
            return error.Message;
        }
    })];

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>ASCII lines that do not repeat.</summary>
    private static string Prose(int length)
    {
        var text = new StringBuilder();
        for (int i = 0; text.Length < length; i++) text.Append(CultureInfo.InvariantCulture, $"line {i} of {length}\n");
        return text.ToString(0, length);
    }
}
