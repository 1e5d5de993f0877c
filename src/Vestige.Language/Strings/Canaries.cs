using System.Security.Cryptography;
using Vestige.Numerics;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Language.Strings;

/// <summary>Random strings that are planted in a training text a known number of times, and as many kinds of strings that are not (Carlini et al. 2019).</summary>
public sealed class Canaries
{
    /// <summary>Letters of each: 188 bits, that nobody says by chance.</summary>
    internal const int Length = 40;

    /// <summary>Strings that are not planted.</summary>
    internal const int Fresh = 512;

    private static readonly int[] s_times = [1, 2, 4, 8];

    private readonly byte[][] _fresh;
    private readonly byte[][][] _planted;

    private Canaries(int count, ulong seed)
    {
        var rng = Rng.For(seed, "canaries");
        byte[] Next()
        {
            byte[] text = new byte[Length];
            for (int i = 0; i < Length; i++) text[i] = (byte)('a' + rng.NextInt(26));
            return text;
        }

        _planted = [.. s_times.Select(_ => Enumerable.Range(0, count).Select(_ => Next()).ToArray())];
        _fresh = [.. Enumerable.Range(0, Fresh).Select(_ => Next())];
    }

    /// <summary>The canaries of a seed.</summary>
    /// <param name="count">How many for each of 1, 2, 4 and 8 times.</param>
    /// <param name="seed">Their seed.</param>
    public static Canaries Of(int count, ulong seed) => new(count, seed);

    /// <summary>The documents to be added to a training sample: each canary a line of its own, as often as it is planted.</summary>
    public IReadOnlyList<Entry<Passage>> Documents
    {
        get
        {
            var source = new Source([.. s_times.SelectMany((times, g) => _planted[g].SelectMany(text => Enumerable.Repeat(text, times)))]);
            return [.. Enumerable.Range(0, source.Documents.Count).Select(i => new Entry<Passage>(source, i))];
        }
    }

    /// <summary>How much a model knows of them; null for one that was not trained on them.</summary>
    internal CanaryReport? Judge(ITextModel model, CancellationToken cancel)
    {
        var known = new HashSet<UInt128>(model.Documents);
        if (!_planted.SelectMany(group => group).All(text => known.Contains(Source.Hash(text)))) return null;
        double[] fresh = Score(model, _fresh);
        return new CanaryReport(Length, Fresh, [.. s_times.Select((times, g) => Judge(model, times, _planted[g], fresh, cancel))]);
    }

    private static CanaryGroup Judge(ITextModel model, int times, byte[][] planted, double[] fresh, CancellationToken cancel)
    {
        double[] scores = Score(model, planted);
        double exposure = scores.Average(score => Math.Log2(fresh.Length + 1) - Math.Log2(1 + fresh.Count(other => other >= score)));
        double told = scores.Average(score => fresh.Average(other => score > other ? 1 : score == other ? 0.5 : 0));
        const int half = Length / 2;
        byte[][] said = model.Complete([.. planted.Select(text => new ReadOnlyMemory<byte>(text, 0, half))], Length - half, null, cancel);
        return new CanaryGroup(times, planted.Length, exposure, told, RankSum.P(scores, fresh), planted.Where((text, i) => text.AsSpan(half).SequenceEqual(said[i])).Count());
    }

    private static double[] Score(ITextModel model, byte[][] texts) => model.Log2Probabilities([.. texts.Select(text => new Passage(text, "canary", 0))]);

    /// <summary>The planted ones, a document each.</summary>
    private sealed class Source(byte[][] texts) : ISource<Passage>
    {
        public string Name => "canaries";

        public Medium Medium { get; } = new("passage", "passages", "byte", 8);

        public IReadOnlyList<Document> Documents { get; } = [.. texts.Select((text, i) => new Document(NameOf(i), 1, text.Length + 1, Hash(text)))];

        public IReadOnlyList<Passage> Read(int document) => [new Passage((byte[])[.. texts[document], (byte)'\n'], NameOf(document), 0)];

        public long SizeOf(Passage item)
        {
            ArgumentNullException.ThrowIfNull(item);
            return item.Length;
        }

        internal static UInt128 Hash(byte[] text) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(text));

        private static string NameOf(int number) => "canary " + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
