using System.Runtime.CompilerServices;
using Vestige.Audits;
using Vestige.Audits.Documents;
using Vestige.Audits.Ledgers;

namespace Vestige.Tests.Core.Audits.Ledgers;

/// <summary>What the pass over ledgers works with is as large as all the samples, and later passes begin without it.</summary>
public sealed class RetentionTests
{
    [Fact]
    public void What_is_kept_of_the_ledgers_does_not_hold_what_they_were_made_of()
    {
        (RowLedgers<float[]>[] made, WeakReference<LedgerInput<float[]>> input) = Estimate();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(input.TryGetTarget(out _));
        // The yardstick's G are documents of the source, the codec's its reconstructions of T.
        Assert.All(made, row => Assert.NotEmpty(row.Generated));
        GC.KeepAlive(made);
    }

    // Not inlined, and not with the assertions: else the locals themselves would hold it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (RowLedgers<float[]>[] Made, WeakReference<LedgerInput<float[]>> Input) Estimate()
    {
        AuditSettings settings = PlaneAudit.Settings;
        Split<float[]> split = Split.Deal(new Points(64), new DealOptions(settings.Units, settings.Seed));
        var request = new AuditRequest<float[]>(split, [new Rounding("round:step=1", 1, 2)], new Vestige.Compressors.Parrot<float[]>(_ => PlaneAudit.StoredBytes), PlaneViews.All, settings);
        AuditedRow<float[]>[] rows = AuditedRows.Of(request, null, default);
        SeenDocuments<float[]> documents = DocumentPass<float[]>.Run(new DocumentInput<float[]>(split, rows, request.Views, null, new MemoryJournal(),
            new WorkKeys<float[]>(settings.Reading, settings.Versions), 1), null, default);
        var input = new LedgerInput<float[]>(split, Samples<float[]>.Of(split, documents), documents, rows, request.Views, settings.Seed, 1);
        return (LedgerPass<float[]>.Run(input, null, default), new WeakReference<LedgerInput<float[]>>(input));
    }
}
