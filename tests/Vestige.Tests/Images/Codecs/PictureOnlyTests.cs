using System.Diagnostics;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Containers;
using Vestige.Specs;

namespace Vestige.Tests.Images.Codecs;

/// <summary>No rate holds what is not the picture's.</summary>
public sealed class PictureOnlyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static byte[] File(string spec, Picture picture)
    {
        Spec parsed = Spec.Parse(spec, PictureCompressors.Rows).Single();
        var codec = (IPictureEncoder)((CompressorRow<Picture>)parsed.Row).Create(parsed).Compress(null!, null, TestContext.Current.CancellationToken)!;
        byte[] file = codec.Encode(picture);
        Assert.Equal(file.Length, ((ICodec<Picture>)codec).Code(picture).Bytes);
        return file;
    }

    /// <summary>Everything a file of each codec may hold, by the names that its format gives its parts.</summary>
    [Theory]
    [InlineData("webp", "VP8 ")]
    [InlineData("webp:lossless=true", "VP8L")]
    [InlineData("png", "IDAT IEND IHDR")]
    [InlineData("avif:effort=0", "ftyp mdat meta")]
    [InlineData("jp2", "ftyp jP   jp2c jp2h")]
    [InlineData("jp2:lossless=true", "ftyp jP   jp2c jp2h")]
    [InlineData("jxl:effort=3", "")]
    [InlineData("jxl:effort=3,lossless=true", "")]
    public void A_file_holds_the_picture_and_nothing_else(string spec, string parts)
    {
        foreach ((int width, int height) in new[] { (1, 1), (67, 45) })
        {
            byte[] file = File(spec, TestImages.Photo(width, height));
            List<Piece> found = spec[0] switch
            {
                'w' => Piece.OfWebp(file),
                'p' => Piece.OfPng(file),
                // A bare codestream begins with FF 0A (ISO 18181-2, 3.1): there is no box to put anything in.
                'j' when spec[1] == 'x' => file is [0xFF, 0x0A, ..] ? [] : Piece.Boxes(file, 0, file.Length),
                _ => Piece.Boxes(file, 0, file.Length),
            };
            Assert.Equal(parts, string.Join(' ', found.Select(p => p.Type).Distinct().Order(StringComparer.Ordinal)));
            Assert.True(found.Count == 0 || found[^1].End == file.Length);
            foreach (byte[] word in new[] { "Exif"u8.ToArray(), "OpenJPEG"u8.ToArray(), "xmpmeta"u8.ToArray(), "pHYs"u8.ToArray() })
                Assert.True(file.AsSpan().IndexOf(word) < 0, $"{System.Text.Encoding.ASCII.GetString(word)} is in it");
        }
    }

    [Fact]
    public void One_pixel_of_WebP_is_as_small_as_libwebp_makes_it() =>
        // 12 bytes of RIFF, 8 of its chunk, 10 of VP8's frame header: what is left is the pixel.
        Assert.InRange(File("webp:q=60", TestImages.Flat(1, 1, 200, 100, 50)).Length, 30, 70);

    /// <summary>Each as that codec's own program writes it. Allowance: bytes that the program adds and that are no pixels' (JFIF's header, 18; OpenJPEG's comment, 39),
    /// and 16 for how it fills its header.</summary>
    [Theory]
    [InlineData("jpeg:q=75", "cjpeg -quality 75 -optimize -outfile own photo.ppm", 18, "libjpeg-turbo-progs")]
    [InlineData("jpeg:q=75,chroma=444,progressive=true", "cjpeg -quality 75 -progressive -sample 1x1 -outfile own photo.ppm", 18, "libjpeg-turbo-progs")]
    [InlineData("webp:q=60", "cwebp -quiet -q 60 photo.png -o own", 0, "webp")]
    [InlineData("webp:lossless=true", "cwebp -quiet -lossless photo.png -o own", 0, "webp")]
    [InlineData("avif:q=50,effort=0", "heif-enc -A -q 50 -p speed=9 -p chroma=420 photo.png -o own", 0, "libheif-examples")]
    [InlineData("jxl:q=75,effort=3", "cjxl photo.png own -q 75 -e 3", 0, "libjxl-tools")]
    [InlineData("jxl:lossless=true,effort=3", "cjxl photo.png own -q 100 -e 3", 0, "libjxl-tools")]
    [InlineData("jp2:q=40", "opj_compress -i photo.ppm -o own.jp2 -q 40 -I -n 2 -p RPCL -c [256,256],[256,256]", 39, "libopenjp2-tools")]
    public void A_file_is_as_long_as_its_own_programs(string spec, string command, int beside, string package)
    {
        const int allowed = 16;
        string program = command.Split(' ')[0];
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => System.IO.File.Exists(Path.Combine(f, program))),
            $"{program} is not installed (Debian: {package})");
        Picture photo = TestImages.Photo(320, 240);
        _folder.Write("photo.png", TestImages.Save(photo, "png"));
        _folder.Write("photo.ppm", [.. "P6\n320 240\n255\n"u8, .. photo.Rgb]);
        using Process own = Process.Start(new ProcessStartInfo(program, command.Split(' ')[1..]) { WorkingDirectory = _folder.Path, RedirectStandardError = true })!;
        string said = own.StandardError.ReadToEnd();
        own.WaitForExit();
        FileInfo written = new DirectoryInfo(_folder.Path).GetFiles("own*").SingleOrDefault() ?? throw new InvalidOperationException(said);
        Assert.InRange(File(spec, photo).Length - (written.Length - beside), -allowed, allowed);
    }

    [Fact]
    public void What_is_not_understood_is_left_as_it_is()
    {
        byte[] other = [.. "no image at all"u8];
        Assert.Same(other, PictureOnly.Webp(other));
        Assert.Same(other, PictureOnly.Png(other));
        Assert.Same(other, PictureOnly.Jp2(other));
    }
}
