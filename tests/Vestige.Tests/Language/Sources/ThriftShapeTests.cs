using Vestige.Language.Sources.Records;

namespace Vestige.Tests.Language.Sources;

/// <summary>Structs of Parquet files that its library would take for what they are not.</summary>
public sealed class ThriftShapeTests
{
    // A field 15 that Parquet has not, a list of two: bytes, truths; then the end of the struct. The library takes a truth of a list for no byte.
    [Theory]
    [InlineData(new byte[] { 0xF9, 0x23, 1, 1, 0 }, 5)]
    [InlineData(new byte[] { 0xF9, 0x21, 1, 1, 0 }, null)]
    [InlineData(new byte[] { 0xF9, 0x22, 1, 1, 0 }, null)]
    // Of none there is nothing to mistake.
    [InlineData(new byte[] { 0xF9, 0x01, 0 }, 3)]
    // A set of two bytes; a map of one byte to one.
    [InlineData(new byte[] { 0xFA, 0x23, 1, 1, 0 }, null)]
    [InlineData(new byte[] { 0xFB, 1, 0x33, 1, 1, 0 }, null)]
    public void Lists_of_truths_sets_and_maps_are_refused(byte[] content, int? length) =>
        Assert.Equal(length, ThriftShape.LengthOf("File", content, []));
}
