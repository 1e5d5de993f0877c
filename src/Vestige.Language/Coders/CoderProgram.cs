namespace Vestige.Language.Coders;

/// <summary>A lossless coder that is a program on the machine, at its strongest setting for a few megabytes of text.</summary>
/// <param name="Name">For people.</param>
/// <param name="Programs">Names of the program, the first that is found.</param>
/// <param name="Output">The file that it writes beside <see cref="Input"/>.</param>
/// <param name="Arguments">What codes <see cref="Input"/> into <paramref name="Output"/>, on one thread.</param>
/// <param name="Version">What makes it say its version.</param>
internal sealed record CoderProgram(string Name, IReadOnlyList<string> Programs, string Output, IReadOnlyList<string> Arguments, IReadOnlyList<string> Version)
{
    /// <summary>The file that is coded. Some coders store its name.</summary>
    internal const string Input = "text";

    /// <summary>Bytes that every coder's window holds: no more is coded at once.</summary>
    internal const int Window = 4 << 20;

    /// <summary>The coders.</summary>
    internal static IReadOnlyList<CoderProgram> All { get; } =
    [
        new("xz", ["xz"], "text.xz", ["-k", "-z", "--lzma2=preset=9e,dict=4MiB", "--check=none", "--threads=1", Input], ["--version"]),
        new("zstd", ["zstd"], "text.zst", ["-q", "--ultra", "-22", "--single-thread", "--no-check", Input, "-o", "text.zst"], ["--version"]),
        new("brotli", ["brotli"], "text.br", ["-q", "11", "--lgwin=24", "-o", "text.br", Input], ["--version"]),
        new("7-Zip PPMd", ["7zz", "7z", "7za"], "text.7z", ["a", "-bd", "-y", "-t7z", "-m0=PPMd:o=6:mem=64m", "-mtm-", "text.7z", Input], []),
        new("zpaq", ["zpaq"], "text.zpaq", ["a", "text.zpaq", Input, "-m5", "-threads", "1"], []),
    ];

    /// <summary>Where the program is; null where it is not found.</summary>
    internal string? Find()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string extension = OperatingSystem.IsWindows() ? ".exe" : "";
        return Programs.SelectMany(program => folders.Select(folder => Path.Combine(folder, program + extension))).FirstOrDefault(File.Exists);
    }
}
