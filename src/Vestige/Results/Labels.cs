using Vestige.Specs;

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
        foreach (IGrouping<string, string> group in names.GroupBy(name => WrittenSpec.Of(name).Name))
        {
            string[] rows = [.. group];
            if (rows.Max(name => name.Length) <= Readable)
            {
                foreach (string name in rows) _labels[name] = name;
                continue;
            }
            IReadOnlyList<string>[] options = [.. rows.Select(name => WrittenSpec.Of(name).Parts)];
            string[] common = [.. options[0].Where(o => WrittenSpec.OptionOf(o) is not null && options.All(other => other.Contains(o)))];
            if (common.Length > 0) shared.Add($"{group.Key}: {string.Join(',', common)}");
            for (int i = 0; i < rows.Length; i++) _labels[rows[i]] = new WrittenSpec(group.Key, options[i]).With(options[i].Except(common));
        }
        Shared = shared;
    }

    /// <summary>For each compressor whose rows were shortened what all of them share: "transformer: layers=2,steps=400".</summary>
    public IReadOnlyList<string> Shared { get; }

    /// <summary>The label of a row.</summary>
    public string this[string name] => _labels[name];
}
