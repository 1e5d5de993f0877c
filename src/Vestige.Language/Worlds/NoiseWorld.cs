using Vestige.Numerics;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Worlds;

namespace Vestige.Language.Worlds;

/// <summary><c>world:noise</c>: strings of letters drawn at random, a line each. There is nothing to generalize.</summary>
internal sealed class NoiseWorld : SingleDraws<Passage>, INoise<Passage>
{
    // Letters and signs that are no line end.
    private const byte First = (byte)'0';

    private readonly int _length, _symbols;

    /// <summary>A world of <paramref name="documents"/> strings.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal NoiseWorld(int length, int symbols, int documents, ulong seed)
        : base("world:noise", NameOf(length, symbols), documents, seed) => (_length, _symbols) = (length, symbols);

    /// <summary>The settings with their ranges.</summary>
    internal static OptionTable Table { get; } = new("world:noise", "strings of letters at random: nothing to generalize, so that what is learnt is memory",
    [
        OptionSpec.WholeNumber("length", 1, 1024, 32, "letters of a string"),
        OptionSpec.WholeNumber("symbols", 2, 64, 16, "different letters"),
    ]);

    public Medium Medium { get; } = new("string", "strings", "byte", 8);

    public double BitsOfItem => _length * Math.Log2(_symbols);

    public long SizeOf(Passage item) => item.Length;

    protected override Passage Draw(ref Rng rng)
    {
        byte[] text = new byte[_length + 1];
        for (int i = 0; i < _length; i++) text[i] = (byte)(First + rng.NextInt(_symbols));
        text[^1] = Sentence.End;
        return new Passage(text, "string", 0);
    }

    private static string NameOf(int length, int symbols)
    {
        Table.Check(length, symbols);
        return Table.Describe(length, symbols);
    }
}
