using Spectre.Console;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>Results to standard output, progress and messages to standard error.</summary>
/// <param name="results">Standard output.</param>
/// <param name="messages">Standard error.</param>
/// <param name="interactive">Whether somebody watches standard error.</param>
/// <param name="width">Columns of standard output; tables are not folded below what they need where it is no terminal.</param>
internal sealed class Output(TextWriter results, TextWriter messages, bool interactive, int width)
{
    private const int WidthOfFiles = 160;

    /// <summary>Standard output; the writer given is the caller's to dispose of, and this one holds nothing else.</summary>
    internal TextWriter Results { get; } = PlainWriter.To(results, optional: false);

    /// <summary>Standard error.</summary>
    internal TextWriter Messages { get; } = PlainWriter.To(messages, optional: true);

    internal static Output OfProcess()
    {
        int width = WidthOfFiles;
        if (!Console.IsOutputRedirected)
        {
            try
            {
                width = Math.Max(60, Console.WindowWidth);
            }
            catch (IOException)
            {
                // Some terminals do not tell; the wide default is then folded by the terminal itself.
            }
        }
        return new Output(Console.Out, Console.Error, !Console.IsErrorRedirected, width);
    }

    /// <summary>For tables. No colours: results are pasted and piped.</summary>
    internal IAnsiConsole Tables()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Results),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    internal ProgressLine Progress() => new(messages, interactive, width);

    internal void Error(string message) => Messages.WriteLine("vestige: error: " + Names.Printable(message));

    internal void Note(string message) => Messages.WriteLine("vestige: " + Names.Printable(message));
}
