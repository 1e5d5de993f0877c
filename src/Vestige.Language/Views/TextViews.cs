using Vestige.Specs;
using Vestige.Views;

namespace Vestige.Language.Views;

/// <summary>The views of text.</summary>
public static class TextViews
{
    private static readonly (SpecRow Row, Func<Spec, IAtomView<Passage>> Make)[] s_all =
    [
        (OfOrder("chars", CharacterGrams.Longest, "characters in a row"), spec => new CharacterGrams(spec.WholeNumber("order"))),
        (OfOrder("words", WordGrams.Longest, "words in a row"), spec => new WordGrams(spec.WholeNumber("order"))),
        (new SpecRow("view of text", "passages", "whole passages"), _ => new WholePassages()),
    ];

    /// <summary>How they are written.</summary>
    public static IReadOnlyList<string> Usage { get; } = [.. s_all.Select(view => view.Row.Usage)];

    /// <summary>Those of an audit that names none: orders among which one is neither all familiar nor all new.</summary>
    public static IReadOnlyList<IAtomView<Passage>> Default { get; } =
        [.. new[] { "words:2", "words:1", "words:3", "chars:4", "chars:6", "chars:8", "chars:12", "passages" }.Select(Parse)];

    /// <summary>The view that is written so: <c>chars:8</c>, <c>words:2</c>, <c>passages</c>.</summary>
    /// <exception cref="SpecException">There is none; the message is for the user.</exception>
    public static IAtomView<Passage> Parse(string text)
    {
        try
        {
            IReadOnlyList<Spec> specs = Spec.Parse(text, [.. s_all.Select(view => view.Row)]);
            if (specs.Count != 1) throw new SpecException($"\"{text}\" stands for {specs.Count} views; name one.");
            return s_all.First(view => view.Row == specs[0].Row).Make(specs[0]);
        }
        catch (SpecException e)
        {
            throw new SpecException($"{e.Message} Views of text are written {string.Join(", ", Usage)}.", e);
        }
    }

    private static SpecRow OfOrder(string name, int longest, string description) =>
        new("view of text", name, description) { Options = [OptionSpec.WholeNumber("order", 1, longest, 1, description)], FirstIsBare = true };
}
