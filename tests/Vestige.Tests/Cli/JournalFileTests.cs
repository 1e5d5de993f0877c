using Vestige.Cli.Faults;
using Vestige.Cli.Runs;
using Vestige.Tests.Images;

namespace Vestige.Tests.Cli;

public sealed class JournalFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string JournalPath => Path.Combine(_folder.Path, "journal");

    public void Dispose() => _folder.Dispose();

    private static byte[] Record(int i) => [.. Enumerable.Range(0, i * 7).Select(x => (byte)(x * i))];

    private void Fill(int records)
    {
        using JournalFile journal = JournalFile.Open(JournalPath);
        for (int i = 0; i < records; i++) journal.Write((UInt128)i << 70, Record(i));
    }

    private int Whole(int records)
    {
        using JournalFile journal = JournalFile.Open(JournalPath);
        int whole = 0;
        while (whole < records && journal.Read((UInt128)whole << 70) is { } record)
        {
            Assert.Equal(Record(whole), record);
            whole++;
        }
        for (int i = whole; i < records; i++) Assert.False(journal.Contains((UInt128)i << 70));
        return whole;
    }

    [Fact]
    public void What_was_written_is_there_the_next_time_whole_or_in_part()
    {
        Fill(10);
        Assert.Equal(10, Whole(10));
        using JournalFile journal = JournalFile.Open(JournalPath);
        Assert.Equal(Record(9)[..5], journal.Read((UInt128)9 << 70, 5));
        Assert.Null(journal.Read(12345));
    }

    [Fact]
    public void Cut_anywhere_it_holds_the_records_before_the_cut_and_takes_new_ones()
    {
        Fill(6);
        byte[] bytes = File.ReadAllBytes(JournalPath);
        int before = -1;
        for (int length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(JournalPath, bytes[..length]);
            int whole = Whole(6);
            Assert.InRange(whole, Math.Max(0, before), 6);
            before = whole;
            // What was torn is written again.
            if (length % 50 == 0)
            {
                Fill(6);
                Assert.Equal(6, Whole(6));
            }
        }
        Assert.Equal(6, before);
    }

    [Fact]
    public void A_record_with_a_turned_bit_and_what_follows_it_is_dropped()
    {
        Fill(6);
        byte[] bytes = File.ReadAllBytes(JournalPath);
        bytes[^(Record(5).Length + 10)] ^= 1;
        File.WriteAllBytes(JournalPath, bytes);
        Assert.InRange(Whole(6), 4, 5);
    }

    [Fact]
    public void A_key_that_stands_is_left_as_it_is()
    {
        using JournalFile journal = JournalFile.Open(JournalPath);
        journal.Write(1, [1, 2, 3]);
        journal.Write(1, [9]);
        Assert.Equal([1, 2, 3], journal.Read(1)!);
    }

    [Fact]
    public void A_second_opening_is_refused_and_names_the_file()
    {
        using JournalFile first = JournalFile.Open(JournalPath);
        DataException error = Assert.Throws<DataException>(() => JournalFile.Open(JournalPath));
        Assert.Contains(JournalPath + " is in use: another vestige audit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_by_that_name_is_left_as_it_is()
    {
        File.WriteAllText(JournalPath, "Dear diary");
        DataException error = Assert.Throws<DataException>(() => JournalFile.Open(JournalPath));
        Assert.Contains("no journal of vestige", error.Message, StringComparison.Ordinal);
        Assert.Equal("Dear diary", File.ReadAllText(JournalPath));
    }

    [Fact]
    public void A_journal_of_another_layout_is_begun_anew()
    {
        File.WriteAllText(JournalPath, "vestige journal 0\nwhatever stood there");
        Fill(3);
        Assert.Equal(3, Whole(3));
    }

    [Fact]
    public void A_temporary_one_works_alike_and_leaves_nothing()
    {
        string[] before = Directory.GetFiles(Path.GetTempPath(), "vestige-*.journal");
        using (JournalFile journal = JournalFile.Temporary())
        {
            journal.Write(1, [1, 2, 3]);
            Assert.Equal([1, 2, 3], journal.Read(1)!);
        }
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "vestige-*.journal").Except(before));
    }

    [Fact]
    public void Many_threads_write_and_read_at_once()
    {
        using JournalFile journal = JournalFile.Open(JournalPath);
        Parallel.For(0, 500, i =>
        {
            journal.Write((UInt128)i, Record(i % 40));
            Assert.Equal(Record(i % 40), journal.Read((UInt128)i)!);
        });
    }
}
