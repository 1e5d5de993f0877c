using System.Globalization;
using Vestige.Compressors;
using Vestige.Views;

namespace Vestige.Language.Views;

/// <summary>The views of text.</summary>
public static class TextViews
{
    /// <summary>How they are written.</summary>
    public static IReadOnlyList<string> Usage { get; } = [$"chars:1..{CharacterGrams.Longest}", $"words:1..{WordGrams.Longest}", "passages"];

    /// <summary>Those of an audit that names none: orders among which one is neither all familiar nor all new.</summary>
    public static IReadOnlyList<IAtomView<Passage>> Default { get; } =
        [.. new[] { "words:2", "words:1", "words:3", "chars:4", "chars:6", "chars:8", "chars:12", "passages" }.Select(Parse)];

    /// <summary>The view that is written so: <c>chars:8</c>, <c>words:2</c>, <c>passages</c>.</summary>
    /// <exception cref="SpecException">There is none; the message is for the user.</exception>
    public static IAtomView<Passage> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2);
        switch (parts)
        {
            case ["chars", _]:
                return new CharacterGrams(Order(text, parts, CharacterGrams.Longest));
            case ["words", _]:
                return new WordGrams(Order(text, parts, WordGrams.Longest));
            case ["passages"]:
                return new WholePassages();
            default:
                throw new SpecException($"\"{text}\": there is no such view of text. There are: {string.Join(", ", Usage)}.");
        }
    }

    private static int Order(string text, string[] parts, int longest) =>
        int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int order) && order >= 1 && order <= longest
            ? order
            : throw new SpecException($"\"{text}\": the order of {parts[0]} is a whole number, 1..{longest}, such as {parts[0]}:2.");
}
