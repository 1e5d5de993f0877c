using Vestige.Audits;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Results.Json;
using Vestige.Sources;
using Vestige.Views;

namespace Vestige.Tests.Core.Audits;

/// <summary>A source of points of the plane, one a document, that counts how often it is read.</summary>
internal sealed class Points(int count, ulong seed = 1, string prefix = "p") : ISource<float[]>
{
    private int _reads;

    public string Name => "points";

    public Medium Medium { get; } = new("point", "points", "coordinate", 32);

    public IReadOnlyList<Document> Documents { get; } =
        [.. Enumerable.Range(0, count).Select(i => new Document($"{prefix}{i:d4}", 1, 10, ((UInt128)seed << 64) + (UInt128)(i + 1)))];

    internal int Reads => _reads;

    /// <summary>Documents that cannot be read from now on.</summary>
    internal HashSet<int> Gone { get; } = [];

    public IReadOnlyList<float[]> Read(int document)
    {
        Interlocked.Increment(ref _reads);
        if (Gone.Contains(document)) throw new UnusableDocumentException($"{Documents[document].Name}: changed during the run: it is gone");
        var rng = new Rng(Rng.Mix(seed, (ulong)document));
        return [[(float)rng.NextNormal(), (float)rng.NextNormal()]];
    }

    public long SizeOf(float[] item) => item.Length;
}

/// <summary>Rounds to multiples of a step, and counts how often it does; a point whose first coordinate is over a limit it cannot take.</summary>
internal sealed class Rounding(string name, float step, long bytes, float limit = float.PositiveInfinity) : ICompressor<float[]>, ICodec<float[]>
{
    private int _codings;

    public string Name => name;

    public long? DescriptionBytes => null;

    internal int Codings => _codings;

    public ICompressed<float[]> Compress(Training<float[]> training, IProgress<WorkProgress>? progress, CancellationToken cancel) => this;

    public Coded<float[]> Code(float[] item)
    {
        Interlocked.Increment(ref _codings);
        if (item[0] > limit) throw new UnusableDocumentException($"{item[0]} is over the limit");
        return new Coded<float[]>(bytes, [.. item.Select(x => MathF.Round(x / step) * step)], 0.5, 0.25);
    }
}

/// <summary>The point itself, and the unit square that it is in.</summary>
internal static class PlaneViews
{
    internal static IReadOnlyList<IView<float[]>> All { get; } = [new Place(), new Square()];

    private sealed class Place : IPointView<float[]>
    {
        public string Name => "place";

        public string Description => "the point itself";

        public string Element => "place";

        public int Dimensions => 2;

        public void Points(float[] item, List<float> into) => into.AddRange(item);
    }

    private sealed class Square : IAtomView<float[]>
    {
        public string Name => "square";

        public string Description => "the square of side 1/4 that it is in";

        public string Element => "square";

        public bool Splits => true;

        public void Atoms(float[] item, HashSet<ulong> into) =>
            into.Add(((ulong)(uint)(int)MathF.Floor(4 * item[0]) << 32) | (uint)(int)MathF.Floor(4 * item[1]));
    }
}

/// <summary>Audits of points.</summary>
internal static class PlaneAudit
{
    internal static readonly AuditSettings Settings = new() { SourceName = "points", Command = "test", Seed = 1, Units = 1000, Threads = 2 };

    /// <summary>What the look-up table stores of a point.</summary>
    internal const long StoredBytes = 8;

    internal static AuditResult Run(ISource<float[]> source, IReadOnlyList<ICompressor<float[]>> compressors, IJournal? journal = null,
        AuditSettings? settings = null, IReadOnlyList<IView<float[]>>? views = null) =>
        Run(Split.Deal(source, new DealOptions((settings ?? Settings).Units, (settings ?? Settings).Seed)), compressors, journal, settings, views);

    internal static AuditResult Run(Split<float[]> split, IReadOnlyList<ICompressor<float[]>> compressors, IJournal? journal = null,
        AuditSettings? settings = null, IReadOnlyList<IView<float[]>>? views = null) =>
        Audit.Run(new AuditRequest<float[]>(split, compressors, new Parrot<float[]>(_ => StoredBytes), views ?? PlaneViews.All, settings ?? Settings)
        {
            Journal = journal ?? new MemoryJournal(),
        }, null, TestContext.Current.CancellationToken);

    /// <summary>The part of a result that is promised to repeat.</summary>
    internal static string Repeatable(AuditResult result) => System.Text.Encoding.UTF8.GetString(ResultJson.ToUtf8(result with { Speed = [] }));

    internal static Row RowOf(this AuditResult result, string name) => result.Rows.Single(row => row.Name == name);
}
