using System.Globalization;

namespace Vestige.Language.Transformer;

/// <summary>Options by the names that users know them by: <c>width=128</c>.</summary>
internal static class GptSettings
{
    private static readonly Dictionary<string, Func<GptOptions, string, GptOptions?>> s_settings = new()
    {
        ["layers"] = (o, text) => Int(text) is { } v ? o with { Layers = v } : null,
        ["width"] = (o, text) => Int(text) is { } v ? o with { Width = v } : null,
        ["heads"] = (o, text) => Int(text) is { } v ? o with { Heads = v } : null,
        ["context"] = (o, text) => Int(text) is { } v ? o with { Context = v } : null,
        ["norm"] = (o, text) => Name<Normalization>(text) is { } v ? o with { Normalization = v } : null,
        ["positions"] = (o, text) => Name<Positions>(text) is { } v ? o with { Positions = v } : null,
        ["activation"] = (o, text) => Name<Activation>(text) is { } v ? o with { Activation = v } : null,
        ["qk_norm"] = (o, text) => Bool(text) is { } v ? o with { QkNorm = v } : null,
        ["tied"] = (o, text) => Bool(text) is { } v ? o with { Tied = v } : null,
        ["bias"] = (o, text) => Bool(text) is { } v ? o with { Bias = v } : null,
        ["ngram"] = (o, text) => Int(text) is { } v ? o with { Ngram = v } : null,
        ["ngram_rows"] = (o, text) => Int(text) is { } v ? o with { NgramRows = v } : null,
        ["dropout"] = (o, text) => Real(text) is { } v ? o with { Dropout = v } : null,
        ["mask"] = (o, text) => Real(text) is { } v ? o with { Mask = v } : null,
        ["optimizer"] = (o, text) => Name<OptimizerKind>(text) is { } v ? o with { Optimizer = v } : null,
        ["lr"] = (o, text) => Real(text) is { } v ? o with { LearningRate = v } : null,
        ["decay"] = (o, text) => Real(text) is { } v ? o with { Decay = v } : null,
        ["batch"] = (o, text) => Int(text) is { } v ? o with { Batch = v } : null,
        ["steps"] = (o, text) => Int(text) is { } v ? o with { Steps = v, Minutes = null } : null,
        ["minutes"] = (o, text) => Real(text) is { } v ? o with { Minutes = v } : null,
        ["warmup"] = (o, text) => Real(text) is { } v ? o with { WarmUp = v } : null,
        ["cooldown"] = (o, text) => Real(text) is { } v ? o with { CoolDown = v } : null,
        ["final_lr"] = (o, text) => Real(text) is { } v ? o with { FinalRate = v } : null,
        ["clip"] = (o, text) => Real(text) is { } v ? o with { Clip = v } : null,
        ["seed"] = (o, text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong v) ? o with { Seed = v } : null,
        ["threads"] = (o, text) => Int(text) is { } v ? o with { Threads = v } : null,
        ["evaluations"] = (o, text) => Int(text) is { } v ? o with { Evaluations = v } : null,
        ["patience"] = (o, text) => Int(text) is { } v ? o with { Patience = v } : null,
    };

    /// <summary>All names.</summary>
    internal static IReadOnlyCollection<string> Names => s_settings.Keys;

    /// <summary>The options with one of them set. Ranges are checked by <see cref="GptOptions.Validate"/>, when all are.</summary>
    /// <param name="options">Options so far.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value as text.</param>
    /// <exception cref="ArgumentException">There is no such name, or the value is not of its kind; the message says what there is.</exception>
    internal static GptOptions With(GptOptions options, string name, string value)
    {
        if (!s_settings.TryGetValue(name, out Func<GptOptions, string, GptOptions?>? set))
        {
            throw new ArgumentException($"transformer has no option {name}. It has {string.Join(", ", Names)}.");
        }

        return set(options, value) ?? throw new ArgumentException($"{name}={value}: {Kind(name)}.");
    }

    private static string Kind(string name) => name switch
    {
        "norm" => Choices<Normalization>(),
        "positions" => Choices<Positions>(),
        "activation" => Choices<Activation>(),
        "optimizer" => Choices<OptimizerKind>(),
        "qk_norm" or "tied" or "bias" => "it is true or false",
        "dropout" or "mask" or "lr" or "decay" or "minutes" or "warmup" or "cooldown" or "final_lr" or "clip" => "it is a number",
        _ => "it is a whole number",
    };

    private static string Choices<T>()
        where T : struct, Enum => "it is " + string.Join(" or ", Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant()));

    private static int? Int(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static double? Real(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static bool? Bool(string text) => bool.TryParse(text, out bool value) ? value : null;

    // Names only: Enum.TryParse would take numbers, too.
    private static T? Name<T>(string text)
        where T : struct, Enum => text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out T value) && Enum.IsDefined(value) ? value : null;
}
