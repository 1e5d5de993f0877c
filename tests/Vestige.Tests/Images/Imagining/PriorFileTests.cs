using System.Security.Cryptography;
using System.Text;
using Vestige.Images.Imagining.Priors;

namespace Vestige.Tests.Images.Imagining;

public sealed class PriorFileTests
{
    private static readonly byte[] s_file = PriorFile.Write(PicturePrior.Learn(new Gallery(1, 32).Entries, null, default));

    [Fact]
    public void It_comes_back_bit_by_bit() => Assert.Equal(s_file, PriorFile.Write(PriorFile.Read(s_file)));

    [Fact]
    public void Cut_off_anywhere_or_changed_anywhere_it_is_refused()
    {
        for (int length = 0; length < s_file.Length; length += 97) Assert.Throws<InvalidDataException>(() => PriorFile.Read(s_file.AsSpan(0, length)));
        for (int at = 0; at < s_file.Length; at += 89)
        {
            byte[] flipped = [.. s_file];
            flipped[at] ^= 4;
            Assert.Throws<InvalidDataException>(() => PriorFile.Read(flipped));
        }
        Assert.Throws<InvalidDataException>(() => PriorFile.Read([.. s_file, 0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4097)]
    [InlineData(int.MaxValue)]
    [InlineData(4000)]
    public void Sizes_that_lie_under_a_true_hash_take_no_memory(int kinds)
    {
        byte[] body = [.. s_file[..^32]];
        BitConverter.TryWriteBytes(body.AsSpan(16), kinds);
        Assert.Throws<InvalidDataException>(() => PriorFile.Read([.. body, .. SHA256.HashData(body)]));
    }

    [Fact]
    public void Numbers_that_are_none_are_refused()
    {
        foreach (float value in new[] { float.NaN, float.PositiveInfinity, -1 })
        {
            byte[] body = [.. s_file[..^32]];
            BitConverter.TryWriteBytes(body.AsSpan(24), value);
            Assert.Throws<InvalidDataException>(() => PriorFile.Read([.. body, .. SHA256.HashData(body)]));
        }
    }

    [Fact]
    public void Another_version_and_another_kind_of_file_are_told_apart()
    {
        Assert.Contains("another version",
            Assert.Throws<InvalidDataException>(() => PriorFile.Read(Encoding.ASCII.GetBytes("vestige prior 2\nxxxx"))).Message, StringComparison.Ordinal);
        Assert.Contains("vestige train", Assert.Throws<InvalidDataException>(() => PriorFile.Read("vestige model"u8)).Message, StringComparison.Ordinal);
    }
}
