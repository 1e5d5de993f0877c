using System.Globalization;
using System.Text;

namespace Vestige.Compressors;

/// <summary>One compressor as it was asked for: a row of the registry, and a value for each of its options.</summary>
public sealed class CompressorSpec
{
    /// <summary>Most compressors that one argument may stand for.</summary>
    public const int Most = 1000;

    private readonly IReadOnlyDictionary<string, string> _values;

    private CompressorSpec(CompressorRow row, string? path, IReadOnlyDictionary<string, string> values)
    {
        Row = row;
        Path = path;
        _values = values;
        Name = Print(o => !o.Hidden, always: true);
        Family = Print(o => !o.Hidden && !o.AlwaysShown, always: false);
        Identity = Print(_ => true, always: true);
    }

    /// <summary>The row.</summary>
    public CompressorRow Row { get; }

    /// <summary>The path, for a row that takes one.</summary>
    public string? Path { get; }

    /// <summary>The canonical name, <c>jpeg:q=50</c>: options in the row's order, without those at their default or hidden.</summary>
    public string Name { get; }

    /// <summary>The name with the hidden options. Parses to the same.</summary>
    public string Identity { get; }

    /// <summary>The name without the options that names always show: the codec that this is one setting of, <c>jpeg</c>.</summary>
    public string Family { get; }

    /// <summary>The value of a whole number.</summary>
    public int Whole(string option) => int.Parse(Value(option, OptionKind.Whole), CultureInfo.InvariantCulture);

    /// <summary>The value of a decimal number.</summary>
    public double Real(string option) => double.Parse(Value(option, OptionKind.Real), CultureInfo.InvariantCulture);

    /// <summary>The value of a choice.</summary>
    public string Choice(string option) => Value(option, OptionKind.Choice);

    /// <summary>The value of a flag.</summary>
    public bool Flag(string option) => Value(option, OptionKind.Flag) == "true";

    /// <summary>The value of a text.</summary>
    public string Text(string option) => Value(option, OptionKind.Text);

    /// <summary>The same with one option at another value.</summary>
    /// <param name="option">Name of the option.</param>
    /// <param name="value">As the user would write it; a range is refused.</param>
    /// <exception cref="SpecException">The row has no such option, or the value is none of its; the message says what is allowed.</exception>
    public CompressorSpec With(string option, string value)
    {
        OptionSpec spec = Row.Options.FirstOrDefault(o => o.Name == option) ?? throw new SpecException(
            $"{Row.Name} has no option \"{option}\".{Suggestion.For(option, Row.Options.Select(o => o.Name))} It is written {Row.Usage}.");
        return new CompressorSpec(Row, Path, new Dictionary<string, string>(_values) { [option] = spec.Parse(value, 1)[0] });
    }

    /// <summary>The options that are not at their default, with their values.</summary>
    public IEnumerable<(string Option, string Value)> Given =>
        Row.Options.Where(o => _values[o.Name] != o.Default).Select(o => (o.Name, _values[o.Name]));

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Reads <c>name</c>, <c>name:key=value,key=value</c>, <c>name:path</c> or <c>name:path,key=value</c>.</summary>
    /// <param name="text">A value may be a range <c>a..b/step</c>, step 1 where none is given; one with a comma is put in double
    /// quotes, and so is a path with a comma where options may follow.</param>
    /// <param name="rows">The registry.</param>
    /// <returns>One for each combination of the ranges' values, the last range running fastest; at most <see cref="Most"/>.</returns>
    /// <exception cref="SpecException">It is none of these; the message is for the user.</exception>
    public static IReadOnlyList<CompressorSpec> Parse(string text, IReadOnlyCollection<CompressorRow> rows)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rows);
        // A row's own name may have a colon: jxl:transcode.
        int colon = rows.Any(r => r.Name == text) ? -1 : text.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? text : text[..colon];
        string rest = colon < 0 ? "" : text[(colon + 1)..];
        CompressorRow row = rows.FirstOrDefault(r => r.Name == name) ?? throw new SpecException(
            $"\"{text}\": there is no compressor \"{name}\".{Suggestion.For(name, rows.Select(r => r.Name))} "
            + $"There are: {string.Join(", ", rows.Select(r => r.Name))}.");
        try
        {
            if (row.PathLabel is { } label)
            {
                List<string> parts = row.Options.Count == 0 ? [rest] : SplitAtCommas(rest);
                string path = row.Options.Count == 0 ? rest : Unquote(parts[0]);
                return path.Length > 0 ? Expand(row, path, Split(parts[1..], row)) : throw new SpecException($"{name} needs a path: {name}:{label}.");
            }
            return Expand(row, null, colon < 0 ? [] : Split(SplitAtCommas(rest), row));
        }
        catch (SpecException error)
        {
            throw new SpecException($"\"{text}\": {error.Message}", error);
        }
    }

    private static List<CompressorSpec> Expand(CompressorRow row, string? path, Dictionary<string, string> given)
    {
        foreach (OptionSpec flag in row.Options.Where(o => given.GetValueOrDefault(o.Name) == "true"))
            if (flag.Overrides.FirstOrDefault(given.ContainsKey) is { } useless)
                throw new SpecException($"{useless} has no effect with {flag.Name}=true; leave one of them out.");

        List<Dictionary<string, string>> combinations = [[]];
        foreach (OptionSpec option in row.Options)
        {
            IReadOnlyList<string> values = given.TryGetValue(option.Name, out string? text) ? option.Parse(text, Most) : [option.Default];
            if ((long)combinations.Count * values.Count > Most)
                throw new SpecException($"the ranges stand for more than {Most} compressors; take larger steps.");
            combinations = [.. combinations.SelectMany(c => values.Select(v => new Dictionary<string, string>(c) { [option.Name] = v }))];
        }
        return [.. combinations.Select(c => new CompressorSpec(row, path, c))];
    }

    private static Dictionary<string, string> Split(List<string> parts, CompressorRow row)
    {
        Dictionary<string, string> given = [];
        foreach (string part in parts)
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            if (name.Length == 0) throw new SpecException($"an option is missing; write {row.Usage}.");
            OptionSpec option = row.Options.FirstOrDefault(o => o.Name == name) ?? throw new SpecException(
                $"{row.Name} has no option \"{name}\".{Suggestion.For(name, row.Options.Select(o => o.Name))} "
                + (row.Options.Count == 0 ? "It has none." : $"It is written {row.Usage}."));
            if (equals < 0) throw new SpecException($"{name} has no value; write {name}={option.Range}.");
            if (!given.TryAdd(name, Unquote(part[(equals + 1)..]))) throw new SpecException($"{name} is given twice.");
        }
        return given;
    }

    private static List<string> SplitAtCommas(string text)
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
        if (quoted) throw new SpecException("a double quote is not closed.");
        parts.Add(text[start..]);
        return parts;
    }

    // Inside quotes, two stand for one.
    private static string Unquote(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"'
        ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
        : text;

    private static string Quote(string text) => text.AsSpan().ContainsAny(',', '"')
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;

    private string Print(Func<OptionSpec, bool> shown, bool always)
    {
        HashSet<string> overridden = [.. Row.Options.Where(o => _values[o.Name] == "true").SelectMany(o => o.Overrides)];
        var text = new StringBuilder(Row.Name);
        char separator = ':';
        if (Path is not null)
        {
            text.Append(separator).Append(Row.Options.Count == 0 ? Path : Quote(Path));
            separator = ',';
        }
        foreach (OptionSpec option in Row.Options)
        {
            string value = _values[option.Name];
            if (overridden.Contains(option.Name) || !shown(option) || (value == option.Default && !(always && option.AlwaysShown))) continue;
            text.Append(separator).Append(option.Name).Append('=').Append(Quote(value));
            separator = ',';
        }
        return text.ToString();
    }

    private string Value(string option, OptionKind kind) => Row.Options.Any(o => o.Name == option && o.Kind == kind)
        ? _values[option]
        : throw new ArgumentException($"{Row.Name} has no {kind} called {option}.", nameof(option));
}
