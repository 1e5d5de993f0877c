using System.Text;
using Vestige.Language.Sources;

namespace Vestige.Tests.Language.Sources;

public sealed class LineEndsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\r")]
    [InlineData("a\r\r\nb\n\n\r\n\rc")]
    [InlineData("\r\r\r\n\n")]
    public void All_line_ends_become_one_wherever_the_text_is_cut_and_however_little_room_there_is(string text)
    {
        byte[] raw = Encoding.UTF8.GetBytes(text);
        string expected = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        for (int cut = 0; cut <= raw.Length; cut++)
        {
            for (int room = 1; room <= 3; room++)
            {
                var ends = new LineEnds();
                List<byte> result = [];
                foreach (byte[] part in new[] { raw[..cut], raw[cut..] }) Copy(ref ends, part, room, result);
                Assert.Equal(expected, Encoding.UTF8.GetString([.. result]));
                Assert.Equal(text.Count(c => c == '\r'), ends.Changed);
            }
        }
    }

    private static void Copy(ref LineEnds ends, ReadOnlySpan<byte> part, int room, List<byte> result)
    {
        Span<byte> to = stackalloc byte[room];
        part = part[ends.Skip(part)..];
        while (!part.IsEmpty)
        {
            (int taken, int given) = ends.Copy(part, to);
            result.AddRange(to[..given]);
            part = part[taken..];
            part = part[ends.Skip(part)..];
        }
    }
}
