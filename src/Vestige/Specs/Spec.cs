using System.Globalization;
using System.Text;

namespace Vestige.Specs;

/// <summary>One compressor, world or view as it was asked for: a row of its registry, and a value for each of its options.</summary>
public sealed class Spec
{
    /// <summary>Most that one argument may stand for.</summary>
    public const int Most = 1000;

    private readonly IReadOnlyDictionary<string, string> _values;

    private Spec(SpecRow row, string? path, IReadOnlyDictionary<string, string> values)
    {
        Row = row;
        Path = path;
        _values = values;
        Name = Print(o => !o.Hidden, always: true);
        Family = Print(o => !o.Hidden && !o.AlwaysShown, always: false);
        Identity = Print(_ => true, always: true);
    }

    /// <summary>The row.</summary>
    public SpecRow Row { get; }

    /// <summary>The path, for a row that takes one.</summary>
    public string? Path { get; }

    /// <summary>The canonical name, <c>jpeg:q=50</c>: options in the row's order, without those at their default or hidden.</summary>
    public string Name { get; }

    /// <summary>The name with the hidden options. Parses to the same.</summary>
    public string Identity { get; }

    /// <summary>The name without the options that names always show: the codec that this is one setting of, <c>jpeg</c>.</summary>
    public string Family { get; }

    /// <summary>The value of a whole number.</summary>
    public int WholeNumber(string option) => int.Parse(Value(option, OptionKind.WholeNumber), CultureInfo.InvariantCulture);

    /// <summary>The value of a decimal number.</summary>
    public double Number(string option) => double.Parse(Value(option, OptionKind.Number), CultureInfo.InvariantCulture);

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
    public Spec With(string option, string value)
    {
        OptionSpec spec = Row.Options.FirstOrDefault(o => o.Name == option) ?? throw new SpecException(
            $"{Row.Name} has no option \"{option}\".{Suggestion.For(option, Row.Options.Select(o => o.Name))} It is written {Row.Usage}.");
        return new Spec(Row, Path, new Dictionary<string, string>(_values) { [option] = spec.Parse(value, 1)[0] });
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
    public static IReadOnlyList<Spec> Parse(string text, IReadOnlyCollection<SpecRow> rows)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rows);
        // A row's own name may have a colon: jxl:transcode.
        int colon = rows.Any(r => r.Name == text) ? -1 : text.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? text : text[..colon];
        string rest = colon < 0 ? "" : text[(colon + 1)..];
        SpecRow row = rows.FirstOrDefault(r => r.Name == name) ?? throw new SpecException(
            $"\"{text}\": there is no {rows.First().Noun} \"{name}\".{Suggestion.For(name, rows.Select(r => r.Name))} "
            + $"There are: {string.Join(", ", rows.Select(r => r.Name))}.");
        try
        {
            if (row.PathLabel is { } label)
            {
                List<string> parts = row.Options.Count == 0 ? [rest] : SplitAtCommas(rest);
                string path = row.Options.Count == 0 ? rest : WrittenSpec.Unquote(parts[0]);
                return path.Length > 0 ? Expand(row, path, Split(parts[1..], row)) : throw new SpecException($"{name} needs a path: {name}:{label}.");
            }
            if (row.FirstIsBare && rest.Length == 0) throw new SpecException($"{name} needs its {row.Options[0].Name}; write {row.Usage}.");
            return Expand(row, null, colon < 0 ? [] : Split(SplitAtCommas(rest), row));
        }
        catch (SpecException error)
        {
            throw new SpecException($"\"{text}\": {error.Message}", error);
        }
    }

    /// <summary>Reads a row's options alone, <c>key=value,key=value</c>, each of one value.</summary>
    /// <exception cref="SpecException">An option is unknown, out of its range or a range of values; the message is for the user.</exception>
    public static Spec ParseOptions(string text, SpecRow row)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(row);
        List<Spec> specs = Expand(row, null, Split(SplitAtCommas(text), row));
        return specs.Count == 1 ? specs[0] : throw new SpecException($"{text} stands for {specs.Count} values; give one of each.");
    }

    private static List<Spec> Expand(SpecRow row, string? path, Dictionary<string, string> given)
    {
        foreach (OptionSpec flag in row.Options.Where(o => given.GetValueOrDefault(o.Name) == "true"))
            if (flag.Overrides.FirstOrDefault(given.ContainsKey) is { } useless)
                throw new SpecException($"{useless} has no effect with {flag.Name}=true; leave one of them out.");

        List<Dictionary<string, string>> combinations = [[]];
        foreach (OptionSpec option in row.Options)
        {
            IReadOnlyList<string> values = given.TryGetValue(option.Name, out string? text) ? option.Parse(text, Most) : [option.Default];
            if ((long)combinations.Count * values.Count > Most)
                throw new SpecException($"the ranges stand for more than {Most} {row.Noun}s; take larger steps.");
            combinations = [.. combinations.SelectMany(c => values.Select(v => new Dictionary<string, string>(c) { [option.Name] = v }))];
        }
        return [.. combinations.Select(c => new Spec(row, path, c))];
    }

    private static Dictionary<string, string> Split(List<string> parts, SpecRow row)
    {
        Dictionary<string, string> given = [];
        foreach (string part in parts)
        {
            if (row.FirstIsBare && given.Count == 0)
            {
                given.Add(row.Options[0].Name, WrittenSpec.Unquote(part));
                continue;
            }
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            if (name.Length == 0) throw new SpecException($"an option is missing; write {row.Usage}.");
            OptionSpec option = row.Options.FirstOrDefault(o => o.Name == name) ?? throw new SpecException(
                $"{row.Name} has no option \"{name}\".{Suggestion.For(name, row.Options.Select(o => o.Name))} "
                + (row.Options.Count == 0 ? "It has none." : $"It is written {row.Usage}."));
            if (equals < 0) throw new SpecException($"{name} has no value; write {name}={option.Range}.");
            if (!given.TryAdd(name, WrittenSpec.Unquote(part[(equals + 1)..]))) throw new SpecException($"{name} is given twice.");
        }
        return given;
    }

    private static List<string> SplitAtCommas(string text)
    {
        List<string> parts = WrittenSpec.Cut(text, out bool open);
        return open ? throw new SpecException("a double quote is not closed.") : parts;
    }

    private string Print(Func<OptionSpec, bool> shown, bool always)
    {
        HashSet<string> overridden = [.. Row.Options.Where(o => _values[o.Name] == "true").SelectMany(o => o.Overrides)];
        var text = new StringBuilder(Row.Name);
        char separator = Row.Separator;
        if (Path is not null)
        {
            text.Append(separator).Append(Row.Options.Count == 0 ? Path : WrittenSpec.Quote(Path));
            separator = ',';
        }
        foreach (OptionSpec option in Row.Options)
        {
            string value = _values[option.Name];
            bool bare = Row.FirstIsBare && option == Row.Options[0];
            if (!bare && (overridden.Contains(option.Name) || !shown(option) || (value == option.Default && !(always && option.AlwaysShown)))) continue;
            text.Append(separator).Append(bare ? "" : option.Name + "=").Append(WrittenSpec.Quote(value));
            separator = ',';
        }
        return text.ToString();
    }

    private string Value(string option, OptionKind kind) => Row.Options.Any(o => o.Name == option && o.Kind == kind)
        ? _values[option]
        : throw new ArgumentException($"{Row.Name} has no {kind} called {option}.", nameof(option));
}
