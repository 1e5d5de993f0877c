using Vestige.Compressors;
using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Worlds;

namespace Vestige.Language.Worlds;

/// <summary><c>world:facts</c> as a source: a document is one true sentence, drawn when it is read.</summary>
internal sealed class FactsWorld : SingleDraws<Passage>, IWorld<Passage>
{
    /// <summary>Mass that may be left out of an enumeration, all in all.</summary>
    private const double MostLeftOut = 1e-5;

    /// <summary>A world of <paramref name="documents"/> documents.</summary>
    /// <exception cref="ArgumentException">The number of documents is out of range.</exception>
    internal FactsWorld(FactsOptions options, int documents, ulong seed)
        : base("world:facts", options.Name, documents, seed) =>
        Facts = new Facts(options, seed);

    internal Facts Facts { get; }

    public Medium Medium { get; } = new("sentence", "sentences", "byte", 8);

    public IReadOnlyList<double> Probabilities => Facts.Probabilities;

    public IReadOnlyList<Falsehood> Falsehoods { get; } = [new("confabulated", WellFormed: true), new("garbled", WellFormed: false)];

    IReadOnlyList<int> IWorld<Passage>.Facts => Facts.FactOf;

    public bool Enumerates => true;

    public IReadOnlyList<Statement> Statements => Facts.Statements;

    public int Phrasings => Facts.Options.Phrasings;

    /// <remarks>Which ways a fact is told in depends on the fact, so that no way is missing from all of T.</remarks>
    public int Retold(int number, int phrasings)
    {
        int all = Phrasings, fact = number / all, phrasing = number % all;
        // Fact f is told in the ways f, f + 1, ... of a circle; what is in none of them goes to one of them in turn.
        int place = (phrasing - fact % all + all) % all;
        return (fact * all) + ((fact + (place % phrasings)) % all);
    }

    public string ItemView => TextWorlds.Sentences.Name;

    public long SizeOf(Passage item) => item.Length;

    protected override Passage Draw(ref Rng rng) => Item(Facts.Draw(ref rng));

    public Passage Item(int number) => Facts.Sentences[number];

    public string? Show(Passage item) => item.ToString().TrimEnd('\n');

    public int NumberOf(Passage item) => Facts.NumberOf(item);

    public Masses? Enumerate(IDensity<Passage> density, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        if (density is not SentenceText sentences) return null;
        SortedTexts texts = Facts.WellFormed;
        (double[] log2, double leftOut) = sentences.Log2Probabilities(texts, MostLeftOut / texts.Count, new Reporter(progress), cancel);
        double[] items = new double[Probabilities.Count];
        double[] statements = new double[Facts.Statements.Count];
        double confabulated = 0;
        for (int i = 0; i < log2.Length; i++)
        {
            double q = Math.Pow(2, log2[i]);
            statements[Facts.StatementOfWellFormed[i]] += q;
            if (Facts.NumberOfWellFormed[i] is >= 0 and int number) items[number] = q;
            else confabulated += q;
        }
        return Masses.WithRest(items, [confabulated], leftOut) with { Statements = statements };
    }

    private sealed class Reporter(IProgress<WorkProgress>? to) : IProgress<double>
    {
        public void Report(double value) => to?.Report(new WorkProgress("summing over every sentence", value));
    }
}
