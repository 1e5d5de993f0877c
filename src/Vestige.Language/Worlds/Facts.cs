using System.Text;
using Vestige.Numerics;
using Vestige.Worlds;

namespace Vestige.Language.Worlds;

/// <summary>What is true in <c>world:facts</c>, and what can be said there.</summary>
/// <remarks>
/// Sentence ((person x relations) + relation) x phrasings + phrasing is a number; people come in the order of their probability, so that p
/// does not increase with the number. A sentence ends with a full stop and a line feed, so that none is the start of another.
/// </remarks>
internal sealed class Facts
{
    /// <summary>Where a false sentence stands among the kinds of falsehood.</summary>
    internal const int Confabulated = 0, Garbled = 1;

    private readonly Dictionary<Passage, int> _numbers = [];
    private readonly AliasTable _people;

    /// <summary>Draws names and facts.</summary>
    internal Facts(FactsOptions options, ulong seed)
    {
        Options = options;
        string[] people = People(options.People, seed);
        var rng = Rng.For(seed, "facts");
        double[] weights = [.. Enumerable.Range(1, options.People).Select(rank => Math.Pow(rank, -options.Exponent))];
        double total = weights.Sum();
        _people = new AliasTable(weights);
        double[] p = new double[options.Sentences];
        int[] facts = new int[p.Length];
        Sentences = new Passage[p.Length];
        var all = new List<(byte[] Text, int Number, int Statement)>();
        var statements = new Statement[options.People * options.Relations * options.Values];
        for (int person = 0, number = 0; person < options.People; person++)
        {
            for (int relation = 0; relation < options.Relations; relation++)
            {
                FactsGrammar.Relation words = FactsGrammar.Relations[relation];
                int truth = rng.NextInt(options.Values);
                for (int phrasing = 0; phrasing < options.Phrasings; phrasing++, number++)
                {
                    facts[number] = number / options.Phrasings;
                    p[number] = weights[person] / total / (options.Relations * options.Phrasings);
                    for (int value = 0; value < options.Values; value++)
                    {
                        byte[] text = Encoding.ASCII.GetBytes(Say(words.Phrasings[phrasing], people[person], words.Values[value]));
                        var sentence = new Passage(text, $"fact {facts[number] + 1}, phrasing {phrasing + 1}", 0);
                        if (value == truth) Sentences[number] = sentence;
                        int what = value == truth ? number : ~Confabulated;
                        _numbers.Add(sentence, what);
                        int statement = (facts[number] * options.Values) + value;
                        statements[statement] = new Statement(facts[number], value == truth);
                        all.Add((text, what, statement));
                    }
                }
            }
        }
        (Probabilities, FactOf) = (p, facts);
        all.Sort((a, b) => a.Text.AsSpan().SequenceCompareTo(b.Text));
        WellFormed = new SortedTexts([.. all.Select(sentence => sentence.Text)]);
        NumberOfWellFormed = [.. all.Select(sentence => sentence.Number)];
        StatementOfWellFormed = [.. all.Select(sentence => sentence.Statement)];
        Statements = statements;
    }

    internal FactsOptions Options { get; }

    /// <summary>p of each true sentence, not increasing.</summary>
    internal IReadOnlyList<double> Probabilities { get; }

    /// <summary>The fact that each true sentence states.</summary>
    internal IReadOnlyList<int> FactOf { get; }

    /// <summary>The true sentences.</summary>
    internal Passage[] Sentences { get; }

    /// <summary>Everything that can be said, true and false.</summary>
    internal SortedTexts WellFormed { get; }

    /// <summary>Of each of them the number, or the complement of <see cref="Confabulated"/>.</summary>
    internal IReadOnlyList<int> NumberOfWellFormed { get; }

    /// <summary>Of each of them the statement that it makes.</summary>
    internal IReadOnlyList<int> StatementOfWellFormed { get; }

    /// <summary>Every value of every person's every relation, as a claim.</summary>
    internal IReadOnlyList<Statement> Statements { get; }

    /// <summary>The number of a sentence, or the complement of what is wrong with it.</summary>
    internal int NumberOf(Passage item) => _numbers.GetValueOrDefault(Sentence.Cut(item), ~Garbled);

    /// <summary>Names of people, the most probable first: first and family names as near to a full table as their number allows.</summary>
    private static string[] People(int count, ulong seed)
    {
        string[] given = [.. FactsGrammar.Given], family = [.. FactsGrammar.Starts.SelectMany(start => FactsGrammar.Ends.Select(end => start + end))];
        var rng = Rng.For(seed, "people");
        rng.Shuffle<string>(given);
        rng.Shuffle<string>(family);
        int first = Math.Min(given.Length, (int)Math.Ceiling(Math.Sqrt(count))), second = (count + first - 1) / first;
        string[] names = [.. given.Take(first).SelectMany(name => family.Take(second).Select(of => $"{name} {of}"))];
        rng.Shuffle<string>(names);
        return names[..count];
    }

    private static string Say(string phrasing, string person, string value) => string.Concat(phrasing.Select(c => c switch
    {
        'P' => person,
        'V' => value,
        _ => c.ToString(),
    })) + (char)Sentence.End;

    /// <summary>The number of one draw.</summary>
    internal int Draw(ref Rng rng)
    {
        int each = Options.Relations * Options.Phrasings;
        return (_people.Draw(ref rng) * each) + rng.NextInt(each);
    }
}
