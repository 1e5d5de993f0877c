using System.Text;
using Parquet;
using Vestige.Language.Sources.Records;
using Vestige.Sources;

namespace Vestige.Tests.Language.Sources;

/// <summary>Columns of texts that are read here, and not by the library.</summary>
public sealed class PagedValuesTests
{
    private static readonly RecordQuery s_query = new(FieldPath.Parse("text"), "author");

    /// <summary>A dictionary with nulls, texts one after the other, and several row groups that share their room.</summary>
    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Zstd)]
    public void Words_of_a_dictionary_nulls_and_texts_are_what_was_written(CompressionMethod compression)
    {
        string?[] few = [.. Enumerable.Range(0, 3000).Select(i => i % 7 == 3 ? null : string.Concat(Enumerable.Repeat($"said {i * i % 11} ", i * i % 11)))];
        string?[] many = [.. Enumerable.Range(0, 3000).Select(i => i % 5 == 0 ? null : $"said {i} " + new string('x', i % 300))];
        foreach (string?[] texts in new[] { few, many })
        {
            (string? Text, UInt128 Group)[] read = [.. ReadAll(ParquetFile.Of("text", texts, 700, compression))];
            Assert.Equal(texts.Select(text => string.IsNullOrEmpty(text) ? null : text), read.Select(record => record.Text));
            Assert.Equal(texts.Select((text, i) => (i, text)).Where(t => !string.IsNullOrEmpty(t.text)).Select(t => ContentHash.Of(Encoding.UTF8.GetBytes("author " + (t.i % 3)))),
                read.Where(record => record.Text is not null).Select(record => record.Group));
        }
    }

    /// <summary>The example of the format's own description: 0 to 7 in three bits each; then a run.</summary>
    [Fact]
    public void Small_numbers_are_packed_by_bits_or_repeated()
    {
        var runs = new ParquetRuns(new byte[] { 0b11, 0b10001000, 0b11000110, 0b11111010, 5 << 1, 6 }, 3);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 6, 6, 6, 6, 6], Enumerable.Range(0, 13).Select(_ => runs.Next()).ToArray());
        Assert.Throws<UnusableDocumentException>(() => runs.Next());
        foreach (byte[] wrong in new byte[][] { [], [0x80], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01], [4], [3] })
            Assert.Throws<UnusableDocumentException>(() => new ParquetRuns(wrong, 3).Next());
        Assert.Throws<UnusableDocumentException>(() => new ParquetRuns(new byte[] { 2, 1, 1, 1, 1, 1, 1, 1, 1 }, 60).Next());
        var wide = new ParquetRuns(new byte[] { 2, 0xFF, 0xFF, 0xFF, 0xFF }, 32);
        Assert.Throws<UnusableDocumentException>(() => wide.Next());
    }

    /// <summary>Every byte of a file changed, one at a time: texts or a reason, and nothing else.</summary>
    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Zstd)]
    public void A_file_with_a_wrong_byte_gives_texts_or_reasons(CompressionMethod compression)
    {
        byte[] whole = ParquetFile.Of("text", [.. Enumerable.Range(0, 40).Select(i => i % 9 == 4 ? null : $"said {i % 4}")], 25, compression);
        int refused = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] hurt = [.. whole];
            hurt[at] ^= (byte)(1 << (at % 8));
            try
            {
                Assert.InRange(ReadAll(hurt).Count(), 0, 1000);
            }
            catch (UnusableDocumentException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 10, whole.Length - 10);
    }

    [Fact]
    public void What_stands_before_a_damaged_page_is_read_and_the_rest_of_the_group_counted()
    {
        byte[] whole = ParquetFile.Of("text", [.. Enumerable.Range(0, 40).Select(i => $"said {i} and no more")], 20, CompressionMethod.None);
        // The length of a text in the first row group says more than its page holds.
        int at = whole.AsSpan().IndexOf("said 7 and"u8) - sizeof(int);
        whole[at + 1] = 0x7F;
        using var stream = new MemoryStream(whole);
        List<(int Number, string? Fault)> read = [];
        foreach (FoundRecord record in ParquetRecords.Read(stream, s_query)) read.Add((record.Number, record.Fault));
        Assert.Equal([.. Enumerable.Range(1, 8), .. Enumerable.Range(21, 20)], read.Select(record => record.Number));
        Assert.Equal("begins 13 rows that cannot be used: it is damaged: one of its pages says more than its bytes hold", read[7].Fault);
        Assert.Equal(1, read.Count(record => record.Fault is not null));
    }

    private static IEnumerable<(string? Text, UInt128 Group)> ReadAll(byte[] file)
    {
        using var stream = new MemoryStream(file);
        foreach (FoundRecord record in ParquetRecords.Read(stream, s_query))
            yield return (record.Fault is null ? Encoding.UTF8.GetString(record.Text.Span) : null, record.Group);
    }
}
