using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Vestige.Specs;

namespace Vestige.Images.Codecs;

/// <summary>A command line with places for files, or for folders of files, and a quality: <c>cjxl {in} {out} -q {q}</c>.</summary>
/// <remarks>No shell sees it: words are told apart by blanks, single or double quotes hold one together, nothing else has a meaning.</remarks>
internal sealed partial record CommandTemplate
{
    private const string Width = "{w}", Height = "{h}";

    private static readonly string[] s_files = ["{in}", "{out}"];
    private static readonly string[] s_folders = ["{in_dir}", "{out_dir}"];
    private static readonly string[] s_places = [.. s_files, "{q}", Width, Height, .. s_folders];

    private readonly IReadOnlyList<string> _arguments;

    private CommandTemplate(string program, IReadOnlyList<string> arguments) => (Program, _arguments) = (program, arguments);

    /// <summary>The program's file.</summary>
    internal string Program { get; }

    /// <summary>Whether it has a place for a quality.</summary>
    internal bool HasQuality => Has("{q}");

    /// <summary>Whether it has a place for the size of the image.</summary>
    internal bool HasSize => Has(Width) || Has(Height);

    /// <summary>Whether it takes folders of files instead of files.</summary>
    internal bool TakesFolders => s_folders.Any(Has);

    /// <summary>Reads a template and finds its program.</summary>
    /// <param name="option">The option that it is the value of, for messages.</param>
    /// <param name="text">What the user wrote.</param>
    /// <exception cref="SpecException">It lacks a place, names one that there is not, or its program is not installed.</exception>
    internal static CommandTemplate Parse(string option, string text)
    {
        string[] words = Words(option, text);
        if (words.Length == 0) throw new SpecException($"{option} is missing; write {option}=\"program {{in}} {{out}}\".");
        foreach (Match place in Braces().Matches(text))
            if (!s_places.Contains(place.Value)) throw new SpecException($"{option}=\"{text}\" has a place {place.Value}; there are {string.Join(", ", s_places)}.");
        bool folders = s_folders.Any(place => text.Contains(place, StringComparison.Ordinal));
        if (folders && s_files.Any(place => text.Contains(place, StringComparison.Ordinal)))
            throw new SpecException($"{option}=\"{text}\" has places for files and for folders: a program takes one image "
                + $"({string.Join(", ", s_files)}) or many ({string.Join(", ", s_folders)}).");
        foreach (string place in folders ? s_folders : s_files)
            if (!words.Skip(1).Any(w => w.Contains(place, StringComparison.Ordinal)))
                throw new SpecException($"{option}=\"{text}\" has no {place}: the program must be told that {(folders ? "folder" : "file")}.");
        string program = Find(words[0])
            ?? throw new SpecException($"{option}=\"{text}\": there is no program "
                + $"{words[0]}{(words[0].Contains('/', StringComparison.Ordinal) ? "" : " in PATH")}; install it, or name it with its folder.");
        return new CommandTemplate(program, words[1..]);
    }

    /// <summary>The arguments with their places filled.</summary>
    /// <param name="input">File or folder.</param>
    /// <param name="output">File or folder.</param>
    /// <param name="quality">In place of <c>{q}</c>.</param>
    /// <param name="width">Of the image, pixels.</param>
    /// <param name="height">Of the image, pixels.</param>
    internal IEnumerable<string> Arguments(string input, string output, string quality, int width, int height) =>
        _arguments.Select(argument => Braces().Replace(argument, place => place.Value switch
        {
            "{in}" or "{in_dir}" => input,
            "{out}" or "{out_dir}" => output,
            "{q}" => quality,
            Width => width.ToString(CultureInfo.InvariantCulture),
            _ => height.ToString(CultureInfo.InvariantCulture),
        }));

    private bool Has(string place) => _arguments.Any(a => a.Contains(place, StringComparison.Ordinal));

    private static string[] Words(string option, string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool begun = false;
        char quote = '\0';
        foreach (char c in text)
        {
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word.Append(c);
            }
            else if (c is '\'' or '"')
            {
                (quote, begun) = (c, true);
            }
            else if (char.IsWhiteSpace(c))
            {
                if (begun) words.Add(word.ToString());
                word.Clear();
                begun = false;
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }
        if (quote != '\0') throw new SpecException($"{option}=\"{text}\": a quote is not closed.");
        if (begun) words.Add(word.ToString());
        return [.. words];
    }

    /// <summary>A program's file: in PATH, or where its name says; null where there is none.</summary>
    internal static string? Find(string program)
    {
        string[] extensions = OperatingSystem.IsWindows() ? ["", ".exe", ".cmd", ".bat"] : [""];
        string[] folders = program.Contains(Path.DirectorySeparatorChar) || program.Contains('/', StringComparison.Ordinal) ? [Directory.GetCurrentDirectory()]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => extensions.Select(extension => Path.GetFullPath(program + extension, Path.GetFullPath(folder)))).FirstOrDefault(File.Exists);
    }

    [GeneratedRegex(@"\{[^{}\s]*\}")]
    private static partial Regex Braces();
}
