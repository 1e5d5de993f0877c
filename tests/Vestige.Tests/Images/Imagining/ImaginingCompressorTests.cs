using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Imagining.Priors;
using Vestige.Specs;

namespace Vestige.Tests.Images.Imagining;

public sealed class ImaginingCompressorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static ICompressor<Picture> Make(string text)
    {
        Spec spec = Spec.Parse(text, PictureCompressors.Rows).Single();
        return ((CompressorRow<Picture>)spec.Row).Create(spec);
    }

    private static ICodec<Picture> Codec(string text, int pictures = 3) =>
        (ICodec<Picture>)Make(text).Compress(new Training<Picture>(new Gallery(pictures, 64).Entries, 1), null, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("jpeg:q=10")]
    [InlineData("box:scale=2")]
    public void The_bytes_are_the_plain_codecs_and_the_pictures_are_not(string plain)
    {
        Picture picture = Gallery.Paint(48, 40, 9);
        Coded<Picture> coded = Codec(plain).Code(picture), mean = Codec(plain + ",decode=mean").Code(picture), sample = Codec(plain + ",decode=sample").Code(picture);
        Assert.Equal((coded.Bytes, coded.Bytes), (mean.Bytes, sample.Bytes));
        Assert.NotEqual(coded.Reconstruction.Rgb, mean.Reconstruction.Rgb);
        Assert.NotEqual(mean.Reconstruction.Rgb, sample.Reconstruction.Rgb);
        Assert.NotEqual(sample.Reconstruction.Rgb, Codec(plain + ",decode=sample,seed=2").Code(picture).Reconstruction.Rgb);
    }

    [Fact]
    public void What_was_learned_is_part_of_what_the_codec_is()
    {
        string Identity(string text, int pictures) => ((IIdentified)Codec(text, pictures)).Identity;
        Assert.Equal(Identity("jpeg:decode=mean", 2), Identity("jpeg:decode=mean", 2));
        Assert.NotEqual(Identity("jpeg:decode=mean", 2), Identity("jpeg:decode=mean", 3));
        Assert.NotEqual(Identity("jpeg:decode=mean", 2), Identity("jpeg:decode=sample", 2));
    }

    [Fact]
    public void A_prior_of_a_file_needs_no_T()
    {
        string file = _folder.Write("gallery.prior", PriorFile.Write(PicturePrior.Learn(new Gallery(3, 64).Entries, null, TestContext.Current.CancellationToken)));
        var codec = (ICodec<Picture>)Make($"jpeg:q=10,decode=sample,prior={file}").Compress(null!, null, TestContext.Current.CancellationToken);
        Picture picture = Gallery.Paint(48, 40, 9);
        Assert.Equal(Codec("jpeg:q=10,decode=sample").Code(picture).Reconstruction.Rgb, codec.Code(picture).Reconstruction.Rgb);
    }

    [Theory]
    [InlineData("box:scale=3,decode=mean", "2, 4 or 8")]
    [InlineData("jpeg:decode=guess", "plain, mean, sample")]
    [InlineData("jpeg:decode=sample,prior=/nowhere/at/all", "/nowhere/at/all")]
    [InlineData("jpeg:prior=x", "a plain decoder has no prior")]
    public void What_cannot_be_is_refused_with_what_can(string text, string words) =>
        Assert.Contains(words, Assert.Throws<SpecException>(() => Make(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_T_and_without_a_prior_it_says_what_to_give() =>
        Assert.Contains("vestige train PHOTOS prior",
            Assert.Throws<SpecException>(() => Make("jpeg:decode=mean").Compress(null!, null, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_no_prior_is_named()
    {
        string file = _folder.Write("none.prior", "hello"u8.ToArray());
        Assert.Contains("none.prior is no prior", Assert.Throws<SpecException>(() => Make($"jpeg:decode=mean,prior={file}")).Message, StringComparison.Ordinal);
    }
}
