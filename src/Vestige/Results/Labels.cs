namespace Vestige.Results;

/// <summary>Short names for rows whose canonical ones are too long to read: options that all rows of a compressor share are left out.</summary>
public sealed class Labels
{
    /// <summary>Names up to this many characters are short enough.</summary>
    public const int Readable = 32;

    private readonly Dictionary<string, string> _labels = [];

    /// <summary>Finds the labels of the rows of one table. No two rows share one.</summary>
    /// <param name="names">Their canonical names.</param>
    public Labels(IEnumerable<string> names)
    {
        var shared = new List<string>();
        foreach (IGrouping<string, string> group in names.GroupBy(name => name.Split(':', 2)[0]))
        {
            string[] rows = [.. group];
            if (rows.Max(name => name.Length) <= Readable)
            {
                foreach (string name in rows) _labels[name] = name;
                continue;
            }
            List<string>[] options = [.. rows.Select(name => Pieces(name[Math.Min(name.Length, group.Key.Length + 1)..]))];
            string[] common = [.. options[0].Where(o => o.Contains('=', StringComparison.Ordinal) && options.All(other => other.Contains(o)))];
            if (common.Length > 0) shared.Add($"{group.Key}: {string.Join(',', common)}");
            for (int i = 0; i < rows.Length; i++)
            {
                string rest = string.Join(',', options[i].Except(common));
                _labels[rows[i]] = rest.Length == 0 ? group.Key : $"{group.Key}:{rest}";
            }
        }
        Shared = shared;
    }

    /// <summary>For each compressor whose rows were shortened what all of them share: "transformer: layers=2,steps=400".</summary>
    public IReadOnlyList<string> Shared { get; }

    /// <summary>The label of a row.</summary>
    public string this[string name] => _labels[name];

    /// <summary>Cuts at commas that are not in quotes.</summary>
    private static List<string> Pieces(string options)
    {
        List<string> pieces = [];
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= options.Length; i++)
        {
            if (i < options.Length && options[i] == '"') quoted = !quoted;
            if (i < options.Length && (quoted || options[i] != ',')) continue;
            if (i > start) pieces.Add(options[start..i]);
            start = i + 1;
        }
        return pieces;
    }
}
