using Vestige.Compressors;
using Vestige.Estimators;
using Vestige.Results;
using Vestige.Views;

namespace Vestige.Audits;

/// <summary>One compressor's row while the audit runs.</summary>
internal sealed class RowWork<TItem>(ICompressor<TItem> compressor, bool named)
{
    private long[] _bytes = [];
    private Look?[] _looks = [];

    internal ICompressor<TItem> Compressor => compressor;

    internal ICompressed<TItem> Compressed { get; set; } = null!;

    /// <summary>Ledgers by view, once they are estimated.</summary>
    internal IReadOnlyList<Ledger> Ledgers { get; set; } = [];

    /// <summary>Why there are none.</summary>
    internal string? Why { get; set; }

    /// <summary>What the views saw of the reconstruction of a document of T.</summary>
    internal Look? Reconstruction(int entry) => _looks[entry];

    internal void Prepare(int entries)
    {
        _bytes = new long[entries];
        _looks = new Look?[entries];
        Array.Fill(_bytes, -1);
    }

    /// <summary>Codes a document's items; with views, looks at the reconstructions too.</summary>
    internal void Code(int entry, ICodec<TItem> codec, IReadOnlyList<TItem> items, IReadOnlyList<IView<TItem>>? views, Look? original, string document)
    {
        long bytes = 0;
        bool same = true;
        var reconstructions = new TItem[items.Count];
        for (int i = 0; i < items.Count; i++)
        {
            Coded<TItem> coded = codec.Code(items[i]);
            bytes += coded.Bytes;
            reconstructions[i] = coded.Reconstruction;
            same &= ReferenceEquals(coded.Reconstruction, items[i]);
        }
        if (views is not null) _looks[entry] = same ? original : Look.At(views, reconstructions, document);
        _bytes[entry] = bytes;
    }

    internal Row ToRow(DocumentPass<TItem> pass) => new()
    {
        Name = compressor.Name,
        Named = named,
        IsCodec = Compressed is ICodec<TItem>,
        Bits = Compressed is ICodec<TItem> ? CodecBits(pass) : new Bits
        {
            Rate = Figure.NotMeasurable("this row stores nothing of its own"),
            DescriptionBytes = Compressed.DescriptionBytes,
        },
        Ledgers = Ledgers,
        Why = Why,
    };

    private Bits CodecBits(DocumentPass<TItem> pass)
    {
        long bytes = 0, size = 0;
        int failures = 0, documents = 0;
        int groups = Jackknife.MaxGroups;
        double[] groupBytes = new double[groups], groupSizes = new double[groups];
        for (int i = 0; i < _bytes.Length; i++)
        {
            if (!pass.Usable(i)) continue;
            if (_bytes[i] < 0)
            {
                failures++;
                continue;
            }
            bytes += _bytes[i];
            size += pass.Size(i);
            int group = Jackknife.GroupOf(documents++, groups);
            groupBytes[group] += _bytes[i];
            groupSizes[group] += pass.Size(i);
        }
        if (size == 0) return new Bits { Rate = Figure.NotMeasurable("no document could be coded"), Failures = failures };
        groups = Jackknife.Groups(documents);
        double[] replicates = new double[groups];
        for (int j = 0; j < groups; j++) replicates[j] = 8 * (bytes - groupBytes[j]) / (size - groupSizes[j]);
        double rate = 8.0 * bytes / size;
        Spread? spread = Jackknife.Combine([Jackknife.Variance(replicates)], [groups]);
        return new Bits
        {
            Rate = new Figure { Value = rate, Low = rate - spread?.HalfWidth, High = rate + spread?.HalfWidth },
            CodedBytes = bytes,
            DescriptionBytes = bytes,
            Failures = failures,
        };
    }
}
