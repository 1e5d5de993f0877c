using System.IO.Compression;
using System.Text;
using Vestige.Language.Sources;
using Vestige.Language.Sources.Records;
using Vestige.Sources;
using Vestige.Tests.Images;

namespace Vestige.Tests.Language.Sources;

/// <summary>Text as it comes: other encodings, several documents in a file, arrays of records, fields inside fields, source code.</summary>
public sealed class OtherTextTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("windows-1252", "Voilà – «naïve» €\n")]
    [InlineData("latin1", "Voilà naïve\n")]
    [InlineData("utf-16", "Größe 龍 😀\n")]
    [InlineData("utf-16be", "Größe 龍\n")]
    [InlineData("shift_jis", "吾輩は猫である\n")]
    [InlineData("gb18030", "红楼梦\n")]
    [InlineData("koi8-r", "Война и мир\n")]
    public void Text_in_another_encoding_is_the_text(string encoding, string text)
    {
        byte[] stored = EncodedText.Find(encoding).GetBytes(text);
        _folder.Write("a.txt", encoding == "utf-16" ? [0xFF, 0xFE, .. stored] : stored);
        _folder.Write("b.txt.gz", Gzip(stored));
        TextFolder source = Open(new TextOptions { Encoding = encoding });
        Assert.Equal([text, text], source.Documents.Select((_, i) => TextOf(source, i)));
    }

    [Fact]
    public void Bytes_that_are_none_of_the_encoding_are_refused_with_its_name()
    {
        // Half of a surrogate pair, and a letter.
        _folder.Write("a.txt", [0x00, 0xD8, 0x41, 0x00]);
        _folder.Write("b.txt", Encoding.Unicode.GetBytes("あ"));
        TextFolder source = Open(new TextOptions { Encoding = "utf-16" });
        Assert.Equal("a.txt: is not utf-16: it holds bytes that stand for no character there", Fault(source, 0));
        Assert.Equal("あ", TextOf(source, 1));
    }

    [Theory]
    // Wherever it stands, or, of signs alone, as a line of its own.
    [InlineData("<|endoftext|>", "one<|endoftext|>two\n<|endoftext|>\n  \n<|endoftext|>three", "one;two\n;three", "1;2;4")]
    [InlineData("---", "one --- still one\n---\ntwo\n ---  \n---\nthree\n----\nstill", "one --- still one\n;two\n;three\n----\nstill", "1;2;4")]
    [InlineData("%", "%\nfirst\n%\n100 % second\n%", "first\n;100 % second\n", "2;3")]
    [InlineData("* * *", "a\n* * *\nb", "a\n;b", "1;2")]
    [InlineData("\\n\\n\\n", "a\nb\n\n\nc", "a\nb;c", "1;2")]
    public void A_separator_cuts_a_file_into_documents_and_what_has_no_text_is_none(string separator, string text, string parts, string numbers)
    {
        foreach (string stored in new[] { text, text.Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            _folder.Write("a.txt", Encoding.UTF8.GetBytes(stored));
            TextFolder source = Open(new TextOptions { Separator = separator });
            Assert.Equal(parts.Split(';'), source.Documents.Select((_, i) => TextOf(source, i)));
            Assert.Equal(numbers.Split(';').Select(n => $"a.txt, part {n}"), source.Documents.Select(d => d.Name));
            Assert.Equal("document", source.Medium.Document);
        }
    }

    [Fact]
    public void A_separator_is_found_wherever_the_reading_is_cut()
    {
        // The buffer has 128 KiB: documents of every length around it, so that its end falls on every byte of a separator.
        string[] documents = [.. Enumerable.Range(0, 40).Select(i => new string((char)('a' + (i % 26)), (1 << 17) - 20 + i))];
        foreach (string separator in new[] { "<|endoftext|>", "====" })
        {
            bool line = separator == "====";
            _folder.Write("a.txt", Encoding.UTF8.GetBytes(string.Join(line ? "\n====\n" : separator, documents)));
            TextFolder source = Open(new TextOptions(65536) { Separator = separator });
            string[] read = [.. source.Documents.GroupBy(d => d.Name.Split(", section")[0]).Select(group =>
                string.Concat(group.Select(d => TextOf(source, source.Documents.ToList().FindIndex(x => x.Name == d.Name)))))];
            Assert.Equal(documents, read.Select(r => r.TrimEnd('\n')));
        }
    }

    [Theory]
    [InlineData("[{\"text\":\"a\"},\n {\"text\": \"b]}\\\"\"} ]", "a;b]}\"")]
    [InlineData("{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "a;b")]
    [InlineData("{\n  \"text\": \"a\"\n}", "a")]
    [InlineData(" [ {\"text\":\"a\",\"x\":[1,{\"text\":\"no\"}]} ] ", "a")]
    public void An_array_of_records_and_records_one_after_the_other_are_read(string json, string texts)
    {
        _folder.Write("a.json", Encoding.UTF8.GetBytes(json));
        TextFolder source = Open(TextOptions.Default);
        Assert.Equal(texts.Split(';'), source.Documents.Select((_, i) => TextOf(source, i)));
        Assert.Equal("a.json, record 1", source.Documents[0].Name);
    }

    [Fact]
    public void An_array_is_the_same_however_it_comes_in_parts()
    {
        byte[] json = Encoding.UTF8.GetBytes("[" + string.Join(",\n", Enumerable.Range(0, 300).Select(i => $"{{\"text\": \"{new string('x', i * 13)}\\\\\\\"{i}\"}}")) + "]");
        string[] whole = [.. JsonElements.Of(new MemoryStream(json)).Select(e => Encoding.UTF8.GetString(e.Value.Span))];
        Assert.Equal(300, whole.Length);
        Assert.Equal(whole, JsonElements.Of(new Dribble(json)).Select(e => Encoding.UTF8.GetString(e.Value.Span)));
    }

    [Theory]
    [InlineData("[{\"text\":\"a\"}", "a.json: ends inside its array: it was cut off")]
    [InlineData("[]", "a.json: is empty: it holds no record")]
    [InlineData("[1, {\"text\":\"a\"}, }]", "a.json: record 1 is no JSON object: a record is {\"text\": \"…\"}; 1 more record cannot be used")]
    [InlineData("[{\"text\":\"a\"}] rest", "a.json: record 2 is not valid JSON at byte 1 of the line")]
    [InlineData("{\"instances\":[]}", "a.json: record 1 has no field \"text\"; it has \"instances\"")]
    public void What_is_wrong_with_an_array_is_said(string json, string message)
    {
        _folder.Write("a.json", Encoding.UTF8.GetBytes(json));
        Assert.Equal(message, Fault(Open(TextOptions.Default), 0));
    }

    [Fact]
    public void An_array_beside_other_texts_is_about_them_and_is_passed_over()
    {
        _folder.Write("a.json", "[{\"text\":\"a\"}]"u8.ToArray());
        _folder.Write("b.txt", "b"u8.ToArray());
        TextFolder source = Open(TextOptions.Default);
        Assert.Equal(["b.txt"], source.Documents.Select(d => d.Name));
        Assert.Equal("1 file was passed over, whose extension is none that is read: 1 .json", source.Passed);
    }

    [Theory]
    [InlineData("instances.0.output", "{\"instances\":[{\"input\":\"no\",\"output\":\"yes\"},{\"output\":\"second\"}]}", "yes")]
    [InlineData("instances.1.output", "{\"instances\":[{\"output\":\"yes\"},{\"output\":\"second\"}]}", "second")]
    [InlineData("messages[].content", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\n\"},{\"content\":\"b\"}]}", "a\n\nb")]
    [InlineData("a.b", "{\"a\":{\"b\":\"inner\"},\"a.b\":\"its own name\"}", "its own name")]
    [InlineData("a.b.c", "{\"a\":{\"b\":{\"c\":\"deep\",\"d\":1}}}", "deep")]
    [InlineData("lines[]", "{\"lines\":[\"a\",\"b\"]}", "a\nb")]
    public void A_field_is_a_path(string field, string record, string text)
    {
        _folder.Write("a.jsonl", Encoding.UTF8.GetBytes(record));
        TextFolder source = Open(new TextOptions(Field: field));
        Assert.Equal(text, TextOf(source, 0));
    }

    [Theory]
    [InlineData("instances.0.output", "{\"instances\":[]}", "line 1 has no field \"instances.0.output\"; it has \"instances\"")]
    [InlineData("instances.0.output", "{\"instances\":[{\"output\":3}]}", "line 1 has a field \"instances.0.output\" that is no string")]
    [InlineData("a.b", "{\"a\":\"text\"}", "line 1 has no field \"a.b\"; it has \"a\"")]
    public void A_path_that_leads_nowhere_says_so(string field, string record, string message)
    {
        _folder.Write("a.jsonl", Encoding.UTF8.GetBytes(record));
        Assert.Equal($"a.jsonl: {message}", Fault(Open(new TextOptions(Field: field)), 0));
    }

    [Fact]
    public void Source_code_is_read_by_its_extensions()
    {
        _folder.Write("src/a.py", "print(1)\n"u8.ToArray());
        _folder.Write("src/b.RS", "fn main() {}\n"u8.ToArray());
        _folder.Write("c.txt", "no"u8.ToArray());
        TextFolder source = Open(new TextOptions { Extensions = [".py", "rs"] });
        Assert.Equal(["src/a.py", "src/b.RS"], source.Documents.Select(d => d.Name));
        TextFolder none = Open(new TextOptions { Extensions = ["java"] });
        Assert.Empty(none.Documents);
        Assert.Equal("py", none.Commonest);
    }

    [Theory]
    [InlineData("", null, null, null, "is empty")]
    [InlineData("a..b", null, null, null, "no path")]
    [InlineData("text", "klingon", null, null, "There is no encoding klingon")]
    [InlineData("text", null, "  ", null, "separator is empty")]
    [InlineData("text", null, null, "a/b", "no extension")]
    public void Options_that_make_no_sense_are_refused(string field, string? encoding, string? separator, string? extension, string words)
    {
        _folder.Write("a.txt", "a"u8.ToArray());
        var options = new TextOptions(Field: field) { Encoding = encoding, Separator = separator, Extensions = extension is null ? null : [extension] };
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => Open(options)).Message, StringComparison.Ordinal);
    }

    private TextFolder Open(TextOptions options) => TextFolder.Open(_folder.Path, options, null, TestContext.Current.CancellationToken);

    private static string TextOf(TextFolder source, int document) => string.Concat(source.Read(document).Select(p => p.ToString()));

    private static string Fault(TextFolder source, int document) => Assert.Throws<UnusableDocumentException>(() => source.Read(document)).Message;

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Gives seven bytes at a time.</summary>
    private sealed class Dribble(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(7, buffer.Length)]);
    }
}
