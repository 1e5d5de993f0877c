using System.IO.Compression;
using Vestige.Language.Sources;
using Vestige.Sources;

namespace Vestige.Tests.Language.Sources;

public sealed class UnpackedStreamTests
{
    [Fact]
    public void A_file_that_unpacks_without_end_is_a_document_that_cannot_be_used_and_the_others_are()
    {
        using var folder = new Vestige.Tests.Images.TempFolder();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] line = [.. Enumerable.Repeat((byte)'x', 1 << 20)];
            for (int i = 0; i <= UnpackedStream.Least >> 20; i++) gzip.Write(line);
        }
        folder.Write("bomb.txt.gz", packed.ToArray());
        folder.Write("text.txt", [.. Enumerable.Repeat((byte)'a', 2000)]);
        TextFolder texts = TextFolder.Open(folder.Path, TextOptions.Default, null, TestContext.Current.CancellationToken);
        int bomb = texts.Documents.Index().Single(d => d.Item.Content == 0).Index;
        Assert.Contains($"bomb.txt.gz: has {packed.Length} bytes and unpacks to more than 269 MB",
            Assert.Throws<UnusableDocumentException>(() => texts.Read(bomb)).Message, StringComparison.Ordinal);
        Assert.Contains(texts.Documents, d => d.Name.StartsWith("text.txt", StringComparison.Ordinal) && d.Content != 0);
    }

    [Fact]
    public void What_a_large_file_unpacks_to_may_be_a_hundred_times_as_much()
    {
        using var stream = new UnpackedStream(new Endless(), 10_000_000);
        byte[] buffer = new byte[1 << 20];
        long read = 0;
        void Drain()
        {
            while (read < 2_000_000_000) read += stream.Read(buffer);
        }
        Assert.Throws<UnusableDocumentException>(Drain);
        Assert.InRange(read, 1_000_000_000 - buffer.Length, 1_000_000_000);
    }

    private sealed class Endless : MemoryStream
    {
        public override int Read(Span<byte> buffer) => buffer.Length;
    }
}
