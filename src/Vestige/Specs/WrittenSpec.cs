namespace Vestige.Specs;

/// <summary>The parts of <c>name:part,part</c>, whatever they mean: what a canonical name consists of, where its registry is not at hand.</summary>
/// <param name="Name">Before the first colon.</param>
/// <param name="Parts">Between commas outside of double quotes, as they were written; none of them empty.</param>
public sealed record WrittenSpec(string Name, IReadOnlyList<string> Parts)
{
    /// <summary>The parts of a name.</summary>
    public static WrittenSpec Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new WrittenSpec(text, []) : new WrittenSpec(text[..colon], [.. Cut(text[(colon + 1)..], out _).Where(part => part.Length > 0)]);
    }

    /// <summary>The name of a part that is an option, <c>q</c> of <c>q=50</c>; null for one that is none.</summary>
    public static string? OptionOf(string part)
    {
        ArgumentNullException.ThrowIfNull(part);
        int equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? null : part[..equals];
    }

    /// <summary>The path of a name whose first part is one.</summary>
    public static string PathOf(string text) => Of(text).Parts is [string path, ..] ? Unquote(path) : "";

    /// <summary>Written again, with these parts.</summary>
    public string With(IEnumerable<string> parts) => string.Join(',', parts) is { Length: > 0 } rest ? $"{Name}:{rest}" : Name;

    /// <summary>Cuts at commas that are not in double quotes.</summary>
    /// <param name="text">What stands behind the colon.</param>
    /// <param name="open">Whether a quote is not closed.</param>
    internal static List<string> Cut(string text, out bool open)
    {
        List<string> parts = [];
        bool quoted = false;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            if (text[i] != ',' || quoted) continue;
            parts.Add(text[start..i]);
            start = i + 1;
        }
        parts.Add(text[start..]);
        open = quoted;
        return parts;
    }

    /// <summary>A value without its quotes; inside quotes, two stand for one.</summary>
    internal static string Unquote(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"'
        ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
        : text;

    /// <summary>A value in quotes, where it would be cut without them.</summary>
    internal static string Quote(string text) => text.AsSpan().ContainsAny(',', '"')
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
