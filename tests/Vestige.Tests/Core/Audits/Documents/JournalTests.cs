using Vestige.Audits;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Results;

namespace Vestige.Tests.Core.Audits.Documents;

/// <summary>What a journal holds is not done again, and whatever could change it is.</summary>
public sealed class JournalTests
{
    private const int Count = 64;

    private readonly MemoryJournal _journal = new();

    [Fact]
    public void The_same_audit_again_reads_and_codes_nothing_and_says_the_same()
    {
        AuditResult first = PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)], _journal);
        var source = new Points(Count);
        var codec = new Rounding("round:step=1", 1, 2);
        AuditResult again = PlaneAudit.Run(source, [codec], _journal);
        Assert.Equal(0, source.Reads);
        Assert.Equal(0, codec.Codings);
        Assert.Equal(PlaneAudit.Repeatable(first), PlaneAudit.Repeatable(again));
        Assert.Equal(first.Speed.Single(s => s.Row == "round:step=1"), again.Speed.Single(s => s.Row == "round:step=1"));
    }

    [Fact]
    public void A_broken_run_goes_on_where_it_stopped()
    {
        AuditResult unbroken = PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)]);
        var broken = new Breaking(_journal, writes: 100);
        Assert.Throws<TimeoutException>(() => PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)], broken));
        var codec = new Rounding("round:step=1", 1, 2);
        AuditResult resumed = PlaneAudit.Run(new Points(Count), [codec], _journal);
        Assert.InRange(codec.Codings, 1, Count - 1);
        Assert.Equal(PlaneAudit.Repeatable(unbroken), PlaneAudit.Repeatable(resumed));
    }

    [Fact]
    public void A_new_compressor_adds_its_own_work_only()
    {
        PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)], _journal);
        var known = new Rounding("round:step=1", 1, 2);
        var added = new Rounding("round:step=2", 2, 1);
        PlaneAudit.Run(new Points(Count), [known, added], _journal);
        Assert.Equal(0, known.Codings);
        Assert.Equal(Count, added.Codings);
    }

    [Fact]
    public void A_changed_document_is_all_that_is_done_again()
    {
        PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)], _journal);
        var changed = new Changed(new Points(Count), 17);
        var codec = new Rounding("round:step=1", 1, 2);
        AuditResult result = PlaneAudit.Run(changed, [codec], _journal);
        Assert.Equal(1, changed.Reads);
        Assert.Equal(1, codec.Codings);
        Assert.Equal(PlaneAudit.Repeatable(PlaneAudit.Run(new Changed(new Points(Count), 17), [codec])), PlaneAudit.Repeatable(result));
    }

    [Fact]
    public void Another_way_of_reading_or_another_version_of_a_codec_is_other_work()
    {
        PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)], _journal);
        var source = new Points(Count);
        var codec = new Rounding("round:step=1", 1, 2);
        PlaneAudit.Run(source, [codec], _journal, PlaneAudit.Settings with { Reading = "reduced" });
        Assert.Equal(Count, source.Reads);
        PlaneAudit.Run(new Points(Count), [codec], _journal, PlaneAudit.Settings with { Versions = new Dictionary<string, string> { ["round"] = "2" } });
        Assert.Equal(2 * Count, codec.Codings);
    }

    [Fact]
    public void Another_seed_looks_only_at_what_it_deals_into_other_samples()
    {
        PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)], _journal);
        AuditSettings other = PlaneAudit.Settings with { Seed = 2 };
        var codec = new Rounding("round:step=1", 1, 2);
        AuditResult result = PlaneAudit.Run(new Points(Count), [codec], _journal, other);
        // A quarter is in T, where reconstructions are looked at; some of them were in T before.
        Assert.InRange(codec.Codings, 1, Count / 4);
        Assert.Equal(PlaneAudit.Repeatable(PlaneAudit.Run(new Points(Count), [codec], null, other)), PlaneAudit.Repeatable(result));
    }

    [Fact]
    public void The_order_of_views_changes_no_work()
    {
        PlaneAudit.Run(new Points(Count), [], _journal);
        var source = new Points(Count);
        AuditResult result = PlaneAudit.Run(source, [], _journal, views: [.. PlaneViews.All.Reverse()]);
        Assert.Equal(0, source.Reads);
        Assert.Equal("square", result.Row("yardstick").Ledgers[0].View);
    }

    [Fact]
    public void A_document_that_vanishes_is_a_row_of_the_result_and_is_tried_again_the_next_time()
    {
        var source = new Points(Count);
        source.Gone.Add(3);
        AuditResult result = PlaneAudit.Run(source, [new Rounding("round:step=1", 1, 2)], _journal);
        Assert.Equal((Count, Count - 1), (result.Source.Documents, result.Source.Usable));
        Problem problem = Assert.Single(result.Problems);
        Assert.Equal("p0003", problem.Document);
        Assert.Contains("it is gone", problem.Why, StringComparison.Ordinal);
        AuditResult whole = PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)], _journal);
        Assert.Empty(whole.Problems);
        Assert.Equal(PlaneAudit.Repeatable(PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)])), PlaneAudit.Repeatable(whole));
    }

    [Fact]
    public void Sources_that_hash_nothing_take_up_no_work_of_others()
    {
        PlaneAudit.Run(new Unhashed(1), [], _journal);
        AuditResult other = PlaneAudit.Run(new Unhashed(2), [], _journal);
        Assert.Equal(PlaneAudit.Repeatable(PlaneAudit.Run(new Unhashed(2), [])), PlaneAudit.Repeatable(other));
    }

    [Fact]
    public void Progress_starts_from_what_was_done_and_ends_at_one()
    {
        var broken = new Breaking(_journal, writes: 150);
        Assert.Throws<TimeoutException>(() => PlaneAudit.Run(new Points(Count), [new Rounding("round:step=1", 1, 2)], broken));
        var seen = new Recorder();
        Split<float[]> split = Split.Deal(new Points(Count), new DealOptions(1000, 1));
        Audit.Run(new AuditRequest<float[]>(split, [new Rounding("round:step=1", 1, 2)], new Parrot<float[]>(_ => 8), PlaneViews.All, PlaneAudit.Settings)
        {
            Journal = _journal,
        }, seen, TestContext.Current.CancellationToken);
        double[] coding = [.. seen.All.Where(a => a.What == "coding points").Select(a => a.Done)];
        Assert.InRange(coding[0], 0.1, 0.9);
        Assert.Equal(1, coding.Max(), 12);
        Assert.All(coding, done => Assert.True(done >= coding[0]));
    }

    private sealed class Recorder : IProgress<WorkProgress>
    {
        internal List<WorkProgress> All { get; } = [];

        public void Report(WorkProgress value)
        {
            lock (All) All.Add(value);
        }
    }

    /// <summary>A journal that breaks after some writes.</summary>
    private sealed class Breaking(IJournal inner, int writes) : IJournal
    {
        private int _left = writes;

        public bool Contains(UInt128 key) => inner.Contains(key);

        public byte[]? Read(UInt128 key, int most) => inner.Read(key, most);

        public void Write(UInt128 key, ReadOnlySpan<byte> record)
        {
            if (Interlocked.Decrement(ref _left) < 0) throw new TimeoutException();
            inner.Write(key, record);
        }
    }

    /// <summary>Points one of which has another content.</summary>
    private sealed class Changed(Points inner, int document) : Vestige.Sources.ISource<float[]>
    {
        public string Name => inner.Name;

        public Vestige.Sources.Medium Medium => inner.Medium;

        public IReadOnlyList<Vestige.Sources.Document> Documents { get; } =
            [.. inner.Documents.Select((d, i) => i == document ? d with { Content = 12345 } : d)];

        internal int Reads => inner.Reads;

        public IReadOnlyList<float[]> Read(int number) => number == document && inner.Read(number) is not null ? [[0.1f, 0.2f]] : inner.Read(number);

        public long SizeOf(float[] item) => inner.SizeOf(item);
    }

    private sealed class Unhashed(ulong seed) : Vestige.Sources.ISource<float[]>
    {
        private readonly Points _inner = new(40, seed);

        public string Name => "world";

        public Vestige.Sources.Medium Medium => _inner.Medium;

        public IReadOnlyList<Vestige.Sources.Document> Documents => [.. _inner.Documents.Select(d => d with { Content = 0 })];

        public IReadOnlyList<float[]> Read(int document) => _inner.Read(document);

        public long SizeOf(float[] item) => _inner.SizeOf(item);
    }
}
