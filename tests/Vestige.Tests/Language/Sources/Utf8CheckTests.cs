using System.Text;
using Vestige.Language.Sources;
using Vestige.Numerics;
using Vestige.Sources;

namespace Vestige.Tests.Language.Sources;

public sealed class Utf8CheckTests
{
    [Fact]
    public void Valid_text_passes_wherever_it_is_cut()
    {
        byte[] text = Encoding.UTF8.GetBytes("aé€😀\u007f\u0080\u07ff\u0800\uffff😀€éa");
        for (int i = 0; i <= text.Length; i++)
            for (int j = i; j <= text.Length; j++)
                Assert.Null(Fault(text[..i], text[i..j], text[j..]));
    }

    /// <summary>The judge is the runtime's decoder, character by character.</summary>
    [Fact]
    public void Random_bytes_are_refused_at_the_first_one_that_is_wrong_wherever_they_are_cut()
    {
        var rng = new Rng(1);
        byte[] likely = [0x41, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xC0, 0xED, 0xFF, 0x00];
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = new byte[1 + rng.NextInt(12)];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = likely[rng.NextInt(likely.Length)];
            int first = FirstWrong(bytes), cut = rng.NextInt(bytes.Length + 1);
            string? fault = Fault(bytes[..cut], bytes[cut..]);
            if (first < 0)
            {
                Assert.Null(fault);
                continue;
            }
            string where = first == 0 && bytes[0] == 0xFF ? "starts like UTF-16"
                : bytes[first] == 0 ? $"byte 0 at offset {first}" : $"byte 0x{bytes[first]:X2} at offset {first} ";
            Assert.Contains(where, fault, StringComparison.Ordinal);
        }
    }

    private static int FirstWrong(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length;)
        {
            if (bytes[at] == 0 || Rune.DecodeFromUtf8(bytes.AsSpan(at), out _, out int length) != System.Buffers.OperationStatus.Done) return at;
            at += length;
        }
        return -1;
    }

    private static string? Fault(params byte[][] parts)
    {
        var check = new Utf8Check();
        long position = 0;
        try
        {
            foreach (byte[] part in parts)
            {
                check.Add(part, position);
                position += part.Length;
            }
            check.End(position);
            return null;
        }
        catch (UnusableDocumentException error)
        {
            return error.Message;
        }
    }
}
