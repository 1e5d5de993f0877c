using System.IO.Compression;
using System.Text;
using Parquet;
using Vestige.Language.Sources;
using Vestige.Sources;
using Vestige.Tests.Images;
using ZstdSharp;

namespace Vestige.Tests.Language.Sources;

/// <summary>Data sets as people have them: Parquet, CSV, what they are packed with, splits, talks, more records than are kept.</summary>
public sealed class DataSetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string[] Texts { get; } = [.. Enumerable.Range(0, 500).Select(i => $"Row {i}: naïve\r\n\"quoted\", {new string((char)('a' + (i % 26)), i)}\n")];

    // Line ends become one kind.
    private static string[] Read { get; } = [.. Texts.Select(text => text.Replace("\r\n", "\n", StringComparison.Ordinal))];

    [Theory]
    [InlineData(CompressionMethod.None, int.MaxValue)]
    [InlineData(CompressionMethod.Snappy, 7)]
    [InlineData(CompressionMethod.Zstd, 100)]
    [InlineData(CompressionMethod.Gzip, 499)]
    [InlineData(CompressionMethod.Brotli, 499)]
    [InlineData(CompressionMethod.LZ4, 499)]
    public void A_column_of_a_parquet_file_is_read_whatever_its_row_groups_and_packing(CompressionMethod compression, int rowGroup)
    {
        _folder.Write("a.parquet", ParquetFile.Of("text", Texts, rowGroup, compression));
        TextFolder source = Open(TextOptions.Default);
        Assert.Equal(Read, source.Documents.Select((_, i) => TextOf(source, i)));
        Assert.Equal("a.parquet, row 500", source.Documents[499].Name);
        Assert.Equal("record", source.Medium.Document);
    }

    [Fact]
    public void The_same_records_are_the_same_documents_in_every_format()
    {
        byte[] lines = Encoding.UTF8.GetBytes(string.Join('\n', Texts.Select((text, i) => $"{{\"id\":{i},\"text\":{System.Text.Json.JsonSerializer.Serialize(text)}}}")));
        byte[] csv = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("id;text\r\n" + string.Concat(Texts.Select((text, i) => $"{i};\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\r\n")))];
        byte[] tsv = Encoding.UTF8.GetBytes("text\tid\n" + string.Concat(Texts.Select((text, i) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\t{i}\n")));
        string[] paths =
        [
            _folder.Write("a.parquet", ParquetFile.Of("text", Texts)), _folder.Write("a.jsonl", lines), _folder.Write("a.jsonl.zst", Zstandard(lines)),
            _folder.Write("a.csv", csv), _folder.Write("a.csv.gz", Gzip(csv)), _folder.Write("a.tsv.zst", Zstandard(tsv)),
        ];
        foreach (string path in paths)
        {
            var source = TextFolder.Open(path, TextOptions.Default, null, CancellationToken.None);
            Assert.Equal(Read, source.Documents.Select((_, i) => TextOf(source, i)));
            Assert.Equal(TextFolder.Open(paths[0], TextOptions.Default, null, CancellationToken.None).Documents.Select(d => d.Content), source.Documents.Select(d => d.Content));
        }
    }

    [Fact]
    public void Rows_without_text_are_counted_and_the_first_is_named()
    {
        string?[] texts = ["one", null, "three", null, "five", ""];
        _folder.Write("a.parquet", ParquetFile.Of("text", texts, 2));
        TextFolder source = Open(TextOptions.Default);
        Assert.Equal("a.parquet: row 2 has no text in \"text\"; 2 more rows cannot be used", Fault(source, 0));
        Assert.Equal(["one", "three", "five"], source.Documents.Skip(1).Select((_, i) => TextOf(source, i + 1)));
    }

    [Theory]
    [InlineData("txt", "a.parquet: has no column \"txt\"; it has \"text\", \"author\". Did you mean text?")]
    [InlineData("content", "a.parquet: has no column \"content\"; it has \"text\", \"author\". Say which with --field.")]
    [InlineData("id", "a.parquet: has a column \"id\" of Int32, which is no text; those that are: \"text\", \"author\"")]
    [InlineData("text[]", "a.parquet: has no column \"text[]\"; it has \"text\", \"author\". Did you mean text?")]
    public void A_parquet_file_of_another_schema_says_what_it_has(string field, string message)
    {
        _folder.Write("a.parquet", ParquetFile.Of("text", ["one"]));
        Assert.Equal(message, Fault(Open(TextOptions.Default with { Field = field }), 0));
    }

    [Fact]
    public void A_talk_is_one_document_in_which_each_turn_says_whose_it_is()
    {
        _folder.Write("a.parquet", ParquetFile.OfTalks([[("user", "Why?"), ("assistant", "Because.")], [], [("user", "And?"), ("assistant", null)], [(null, "x"), ("user", "y")]]));
        TextFolder source = Open(TextOptions.Default with { Field = "messages[].content" });
        Assert.Equal("a.parquet: row 2 has no text in \"messages.list.element.content\"", Fault(source, 0));
        Assert.Equal(["<|user|>\nWhy?\n<|assistant|>\nBecause.", "<|user|>\nAnd?", "x\ny"], source.Documents.Skip(1).Select((_, i) => TextOf(source, i + 1)));

        Assert.Equal(["Why?", "And?", "x"], Taken("messages.0.content"));
        Assert.Equal(["Because.", "y"], Taken("messages.1.content"));
        Assert.Equal("a.parquet: has a column \"messages\" with columns within it, no text; its texts are messages[].role, messages[].content. Say --field messages[].role",
            Fault(Open(TextOptions.Default with { Field = "messages" }), 0));

        // The same from JSON, whichever comes first.
        _folder.Write("b.jsonl", "{\"conversations\":[{\"from\":\"human\",\"value\":\"Why?\"},{\"value\":\"Because.\",\"from\":\"gpt\"}]}"u8.ToArray());
        var lines = TextFolder.Open(Path.Combine(_folder.Path, "b.jsonl"), TextOptions.Default with { Field = "conversations[].value" }, null, CancellationToken.None);
        Assert.Equal("<|human|>\nWhy?\n<|gpt|>\nBecause.", TextOf(lines, 0));

        IEnumerable<string> Taken(string field)
        {
            TextFolder taken = Open(TextOptions.Default with { Field = field });
            return taken.Documents.Select((document, i) => (document, i)).Where(d => d.document.Content != 0).Select(d => TextOf(taken, d.i)).ToArray();
        }
    }

    [Fact]
    public void What_is_wrong_with_a_parquet_file_is_said_and_the_others_go_on()
    {
        byte[] whole = ParquetFile.Of("text", Texts, 100);
        byte[] hurt = [.. whole];
        // In the pages of the third row group; the list of columns at the end stays.
        hurt.AsSpan(whole.Length * 2 / 5, 2000).Fill(0xA5);
        byte[] footer = [.. whole];
        footer.AsSpan(whole.Length - 200, 150).Fill(0xFF);
        byte[] longer = [.. whole];
        longer[^5] = 0x7F;
        _folder.Write("a.parquet", whole[..^3000]);
        _folder.Write("b.parquet", [.. "PARE"u8, .. whole[4..^4], .. "PARE"u8]);
        _folder.Write("c.parquet", "text"u8.ToArray());
        _folder.Write("d.parquet", Encoding.UTF8.GetBytes(Texts[400]));
        _folder.Write("e.parquet", footer);
        _folder.Write("f.parquet", longer);
        _folder.Write("g.parquet", hurt);
        _folder.Write("h.parquet.gz", Gzip(whole));
        _folder.Write("i.parquet", ParquetFile.Of("text", ["last"]));
        TextFolder source = Open(TextOptions.Default);
        Assert.Equal("a.parquet: was cut off: a Parquet file ends with PAR1, and this one does not", Fault(source, 0));
        Assert.Equal("b.parquet: is an encrypted Parquet file; write it again without encryption", Fault(source, 1));
        Assert.Equal("c.parquet: is no Parquet file: it is too short", Fault(source, 2));
        Assert.Equal("d.parquet: is no Parquet file: it does not begin with PAR1", Fault(source, 3));
        Assert.Equal("e.parquet: is damaged: its list of columns says more than its bytes hold", Fault(source, 4));
        Assert.Equal("f.parquet: is damaged: its list of columns is longer than the file", Fault(source, 5));
        Assert.Matches("^g.parquet: row [0-9]+ begins a row group of 100 rows that cannot be used: it is damaged: one of its pages says more than its bytes hold$", Fault(source, 6));
        Assert.InRange(source.Documents.Count(d => d.Name.StartsWith("g.parquet, row", StringComparison.Ordinal)), 300, 400);
        Assert.Equal("h.parquet.gz: is Parquet packed once more, which cannot be read in places: unpack it",
            Fault(source, source.Documents.Select((d, i) => (d, i)).First(d => d.d.Name == "h.parquet.gz").i));
        Assert.Equal("last", TextOf(source, source.Documents.Count - 1));
    }

    [Theory]
    [InlineData("text\none\n\"two\nlines\"\n", "one;two\nlines", null)]
    [InlineData("id,text\n1,5\" pipe\n2,\"a \"\"b\"\"\"\n\n3,\"x,y\"", "5\" pipe;a \"b\";x,y", null)]
    [InlineData("id\ttext\r1\ta\r2\tb", "a;b", null)]
    [InlineData("id|text\n1|a", "a", null)]
    [InlineData("id,text\n1,a\n2,\"b\" c\n3,d\n", "a;d", "line 3 closes a quote in field 2 and goes on: a quote within quotes is written twice")]
    [InlineData("id,text\n1,a\n2,\"b\n3,c\n4,d", "a", "line 3 opens a quote in field 2 that never closes: what follows it cannot be told apart")]
    [InlineData("id,text\n1,a\n2\n3,b,c\n4,d\n", "a;d", "line 3 has 1 field where the head has 2; 1 more line cannot be used")]
    [InlineData("id,text\n1,\n2,b\n3,\n", "b", "line 2 has no text in \"text\"; 1 more line cannot be used")]
    [InlineData("id,text\n1,\0\n2,b\n", "b", "line 2 holds binary data: character U+0000")]
    [InlineData("id,body\n1,a\n", null, "has no column \"text\"; it has \"id\", \"body\". Say which with --field.")]
    [InlineData("body\na\n", null, "has no column \"text\"; it has \"body\". Say --field body.")]
    [InlineData("\"id,text\n1,a\n", null, "has no head: its first line opens a quote in field 1 that never closes: what follows it cannot be told apart")]
    [InlineData("text\n", null, "is empty: it holds no record")]
    public void Commas_and_quotes_are_read_as_people_write_them_and_what_is_wrong_is_named(string csv, string? texts, string? fault)
    {
        _folder.Write("a.csv", Encoding.UTF8.GetBytes(csv));
        TextFolder source = Open(TextOptions.Default);
        if (fault is not null) Assert.Equal("a.csv: " + fault, Fault(source, 0));
        int first = fault is null ? 0 : 1;
        Assert.Equal(texts?.Split(';') ?? [], source.Documents.Skip(first).Select((_, i) => TextOf(source, i + first)));
    }

    [Fact]
    public void Bytes_that_are_no_text_cost_one_row_of_a_table()
    {
        _folder.Write("a.csv", [.. "id,text\n1,a\n2,"u8, 0xE9, .. "\n3,c\n"u8]);
        TextFolder source = Open(TextOptions.Default);
        Assert.Equal("a.csv: line 3 holds text in \"text\" that is not valid UTF-8", Fault(source, 0));
        Assert.Equal(["a", "c"], [TextOf(source, 1), TextOf(source, 2)]);
        TextFolder latin = Open(TextOptions.Default with { Encoding = "latin1" });
        Assert.Equal(["a", "é", "c"], latin.Documents.Select((_, i) => TextOf(latin, i)));
    }

    [Fact]
    public void A_zst_that_is_damaged_or_cut_off_is_refused()
    {
        // Sections are cut between bytes: of ASCII each is text by itself.
        string text = string.Concat(Read).Replace('ï', 'i');
        byte[] packed = Zstandard(Encoding.UTF8.GetBytes(text));
        _folder.Write("a.txt.zst", packed[..^100]);
        _folder.Write("b.txt.zst", "no zst at all"u8.ToArray());
        _folder.Write("c.txt.zst", packed);
        TextFolder source = Open(TextOptions.Default);
        Assert.Equal("a.txt.zst: is damaged: it was cut off before its Zstandard frame ended", Fault(source, 0));
        Assert.Equal("b.txt.zst: is damaged: it cannot be unpacked as Zstandard", Fault(source, 1));
        Assert.Equal(text, string.Concat(source.Documents.Skip(2).Select((_, i) => TextOf(source, i + 2))));
    }

    [Fact]
    public void A_folder_laid_out_as_hubs_do_has_parts_and_a_card_that_is_not_read()
    {
        _folder.Write("README.md", "# What this is"u8.ToArray());
        _folder.Write("data/train-00000-of-00002.parquet", ParquetFile.Of("text", ["a"]));
        _folder.Write("data/train-00001-of-00002.parquet", ParquetFile.Of("text", ["b"]));
        _folder.Write("data/test-00000-of-00001.parquet", ParquetFile.Of("text", ["c"]));
        _folder.Write("data/train_sft-00000-of-00001.parquet", ParquetFile.Of("text", ["d"]));
        _folder.Write("validation/0001.jsonl", "{\"text\":\"e\"}"u8.ToArray());
        TextFolder all = Open(TextOptions.Default);
        Assert.Equal(5, all.Documents.Count);
        Assert.Contains("README.md says what the records beside it are: not read", all.Notices);
        Assert.Equal(["a", "b"], Part("train"));
        Assert.Equal(["c"], Part("TEST"));
        Assert.Equal(["d"], Part("train_sft"));
        Assert.Equal(["d"], Part("sft"));
        Assert.Equal(["e"], Part("validation"));
        Assert.Equal($"{_folder.Path}: no file of it is of the part \"dev\"; there are 0001, README, test, train, train_sft.", Assert.Throws<FileNotFoundException>(() => Part("dev")).Message);
        Assert.Throws<FileNotFoundException>(() => TextFolder.Open(_folder.Path + "x:train", TextOptions.Default, null, CancellationToken.None));

        IEnumerable<string> Part(string name)
        {
            var part = TextFolder.Open($"{_folder.Path}:{name}", TextOptions.Default, null, CancellationToken.None);
            return part.Documents.Select((_, i) => TextOf(part, i)).ToArray();
        }
    }

    [Fact]
    public void Tables_are_read_from_a_folder_that_has_nothing_but_a_card_beside_them()
    {
        _folder.Write("README.md", "# What this is"u8.ToArray());
        _folder.Write("a.csv.gz", Gzip("text\none\n"u8.ToArray()));
        Assert.Equal("one", TextOf(Open(TextOptions.Default), 0));
        // Other texts are what the folder is of.
        _folder.Write("b.md", "two"u8.ToArray());
        Assert.Equal(["README.md", "b.md"], Open(TextOptions.Default).Documents.Select(d => d.Name));
    }

    [Fact]
    public void More_records_than_are_kept_are_drawn_by_what_they_hold()
    {
        string[] texts = [.. Enumerable.Range(0, 6000).Select(i => $"text {i % 5000}")];
        _folder.Write("a.parquet", ParquetFile.Of("text", texts[..2500], 1000));
        _folder.Write("b.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', texts[2500..].Select(text => $"{{\"text\":\"{text}\"}}"))));
        TextFolder source = Open(TextOptions.Default with { MostDocuments = 1000 });
        // Of those kept between half and all of what may be; the rest of the limit is for what comes.
        Assert.InRange(source.Documents.Count, 500, 1000);
        Assert.Contains(source.Notices, n => n.StartsWith($"6,000 records are more than are kept: {source.Documents.Count} of them", StringComparison.Ordinal));
        string[] kept = [.. source.Documents.Select((_, i) => TextOf(source, i))];
        // Copies stay or go together, and what stays are the least hashes whatever the order.
        Assert.Equal(kept.Distinct().Sum(text => texts.Count(t => t == text)), kept.Length);
        UInt128 most = source.Documents.Max(d => d.Content);
        Assert.Equal(texts.Count(t => Vestige.Language.Sources.Records.ContentHash.Of(Encoding.UTF8.GetBytes(t)) <= most), kept.Length);
    }

    [Fact]
    public void One_text_again_and_again_is_never_thinned_to_nothing()
    {
        _folder.Write("a.parquet", ParquetFile.Of("text", [.. Enumerable.Repeat("again", 4000)]));
        Assert.Equal(4000, Open(TextOptions.Default with { MostDocuments = 1000 }).Documents.Count);
    }

    [Fact]
    public void Records_are_grouped_by_a_column()
    {
        _folder.Write("a.parquet", ParquetFile.Of("text", Texts[..9], 4));
        TextFolder source = Open(TextOptions.Default with { Group = "author" });
        Assert.Equal(3, source.Documents.Select(d => d.Group).Distinct().Count());
        Assert.Equal(source.Documents[0].Group, source.Documents[3].Group);
        Assert.Equal("a.parquet: has no column \"autor\"; it has \"text\", \"author\". Did you mean author?", Fault(Open(TextOptions.Default with { Group = "autor" }), 0));
    }

    [Fact]
    public void Records_are_grouped_by_a_field_and_by_one_within_another()
    {
        _folder.Write("a.jsonl", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 9).Select(i =>
            $"{{\"text\": \"the text of number {i}\", \"author\": {i % 3}, \"meta\": {{\"books\": [{{\"id\": \"b{i % 2}\"}}, 7], \"from\": {{\"a\": {i % 4}}}}}}}\n"))));
        int Groups(string by) => Open(TextOptions.Default with { Group = by }).Documents.Select(d => d.Group).Distinct().Count();
        Assert.Equal((3, 2, 2, 4, 4), (Groups("author"), Groups("meta.books.0.id"), Groups("meta.books[].id"), Groups("meta.from.a"), Groups("meta.from")));
        Assert.Null(Open(TextOptions.Default with { Group = "meta.from.a" }).WhyUngrouped);
        Assert.Contains("no record of", Open(TextOptions.Default with { Group = "autor" }).WhyUngrouped, StringComparison.Ordinal);
        File.Delete(System.IO.Path.Combine(_folder.Path, "a.jsonl"));
        _folder.Write("a.txt", Encoding.UTF8.GetBytes("a file of one text"));
        Assert.Contains("say file, folder or section", Open(TextOptions.Default with { Group = "author" }).WhyUngrouped, StringComparison.Ordinal);
        Assert.Null(Open(TextOptions.Default with { Group = "file" }).WhyUngrouped);
    }

    private TextFolder Open(TextOptions options) => TextFolder.Open(_folder.Path, options, null, CancellationToken.None);

    private static string TextOf(TextFolder source, int document) => Encoding.UTF8.GetString([.. source.Read(document).SelectMany(passage => passage.Bytes.ToArray())]);

    private static string Fault(TextFolder source, int document) => Assert.Throws<UnusableDocumentException>(() => source.Read(document)).Message;

    private static byte[] Gzip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(content);
        return stream.ToArray();
    }

    private static byte[] Zstandard(byte[] content)
    {
        using var packer = new Compressor();
        return packer.Wrap(content).ToArray();
    }
}
