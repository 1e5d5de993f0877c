using System.Text;
using Vestige.Results;

namespace Vestige.Cli.Rendering;

/// <summary>Text as it may meet a terminal, whatever it was made from: control and invisible characters but line ends and tabs stand as <c>\u001b</c>.</summary>
/// <param name="to">Where to.</param>
/// <param name="optional">Whether nothing is lost where it cannot be written: messages, when nobody listens.</param>
internal sealed class PlainWriter(TextWriter to, bool optional) : TextWriter
{
    internal static TextWriter To(TextWriter to, bool optional) => new PlainWriter(to, optional);

    public override Encoding Encoding => to.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        // Line by line: of a name a line end is hidden too, of a text it is what it is.
        string text = buffer.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
        Guarded(() => to.Write(string.Join(to.NewLine, text.Split('\n').Select(Plain))));
    }

    // Tabs stand between the columns of a table.
    private static string Plain(string line) => string.Join('\t', line.Split('\t').Select(Names.Printable));

    public override void WriteLine() => Guarded(to.WriteLine);

    public override void WriteLine(string? value)
    {
        Write(value);
        WriteLine();
    }

    public override void Flush() => Guarded(to.Flush);

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (optional && e is (IOException or UnauthorizedAccessException))
        {
            // Closed with 2>&-, or gone with its terminal.
        }
    }
}
