using System.Text;
using Vestige.Files;
using Vestige.Tests.Images;

namespace Vestige.Tests.Files;

/// <summary>What is known of files without reading them.</summary>
public sealed class FileListingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly DateTime s_settled = DateTime.UtcNow.AddHours(-1);

    private void Write(string name, string content, DateTime modified) => File.SetLastWriteTimeUtc(_folder.Write(name, Encoding.UTF8.GetBytes(content)), modified);

    private IReadOnlyList<FoundFile> Scan() => FolderScan.Of(_folder.Path, _ => true).Listed!;

    /// <summary>A listing of all files of the folder: of each its name.</summary>
    private byte[] Listed()
    {
        var listing = FileListing.Of(null);
        IReadOnlyList<FoundFile> files = Scan();
        Assert.All(listing.Begin("key", files), Assert.Null);
        listing.End("key", files, i => Encoding.UTF8.GetBytes(files[i].Name));
        return listing.ToBytes();
    }

    private string?[] Known(byte[] listing, string key = "key") =>
        [.. FileListing.Of(listing).Begin(key, Scan()).Select(found => found is null ? null : Encoding.UTF8.GetString(found))];

    [Fact]
    public void Files_of_the_same_size_and_time_are_known_and_no_others()
    {
        foreach (string name in new[] { "a", "b b", "c\u00e9\n", "d" }) Write(name, "four", s_settled);
        byte[] listing = Listed();
        Assert.Equal(["a", "b b", "c\u00e9\n", "d"], Known(listing));
        // One is gone, one is new, one has another size, one another time.
        File.Delete(Path.Combine(_folder.Path, "a"));
        Write("aa", "four", s_settled);
        Write("b b", "fives", s_settled);
        Write("d", "four", s_settled.AddSeconds(1));
        Assert.Equal([null, null, "c\u00e9\n", null], Known(listing));
        Assert.All(Known(listing, "another source"), Assert.Null);
    }

    [Fact]
    public void What_changed_as_it_was_read_may_change_again_and_is_not_kept()
    {
        Write("old", "four", s_settled);
        Write("new", "four", DateTime.UtcNow);
        Write("of tomorrow", "four", DateTime.UtcNow.AddDays(1));
        Assert.Equal([null, null, "old"], Known(Listed()).Order());
    }

    [Fact]
    public void What_is_damaged_or_no_listing_is_read_as_none()
    {
        Write("a", "four", s_settled);
        byte[] listing = Listed();
        for (int i = 0; i < listing.Length; i++)
        {
            byte[] damaged = [.. listing];
            damaged[i] ^= 1;
            Assert.Equal([null], Known(damaged));
            Assert.Equal([null], Known(listing[..i]));
        }
    }
}
