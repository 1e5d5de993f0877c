using Vestige.Specs;

namespace Vestige.Language.Worlds;

/// <summary>The settings of <c>world:facts</c>, checked.</summary>
internal sealed record FactsOptions
{
    /// <summary>Well-formed sentences, true and false, that are enumerated at most: each takes about 100 bytes.</summary>
    internal const int MostSentences = 500_000;

    /// <summary>Checks and keeps the settings.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or the world too large; the message names it and the range.</exception>
    public FactsOptions(int people = 64, int relations = 8, int phrasings = 8, int values = 12, double exponent = 1)
    {
        Table.Check(people, relations, phrasings, values, exponent);
        (People, Relations, Phrasings, Values, Exponent) = (people, relations, phrasings, values, exponent);
        Table.CheckSize("people", people, "people x relations x phrasings x values", (long)people * relations * phrasings * values, MostSentences);
    }

    /// <summary>The settings with their ranges.</summary>
    public static OptionTable Table { get; } = new("world:facts", "sentences about people, each true or false: every fact has several phrasings",
    [
        OptionSpec.WholeNumber("people", 2, FactsGrammar.Given.Length * FactsGrammar.Starts.Length * FactsGrammar.Ends.Length, 64, "people, by Zipf's law"),
        OptionSpec.WholeNumber("relations", 1, FactsGrammar.Relations.Length, 8, "things that are known of each"),
        OptionSpec.WholeNumber("phrasings", 1, 8, 8, "ways to say each"),
        OptionSpec.WholeNumber("values", 2, 16, 12, "what each thing may be"),
        OptionSpec.Number("s", 0, 5, 1, "exponent of Zipf's law, p ∝ rank^-s"),
    ]);

    /// <summary>People.</summary>
    public int People { get; }

    /// <summary>Relations.</summary>
    public int Relations { get; }

    /// <summary>Phrasings of each relation.</summary>
    public int Phrasings { get; }

    /// <summary>Values of each relation.</summary>
    public int Values { get; }

    /// <summary>s of Zipf's law over people.</summary>
    public double Exponent { get; }

    /// <summary>True sentences.</summary>
    public int Sentences => People * Relations * Phrasings;

    /// <summary>The canonical name, <c>world:facts:people=50</c>.</summary>
    public string Name => Table.Describe(People, Relations, Phrasings, Values, Exponent);
}
