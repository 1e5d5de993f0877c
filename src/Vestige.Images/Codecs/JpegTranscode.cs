using Vestige.Compressors;
using Vestige.Files;
using Vestige.Images.Jpeg;
using Vestige.Sources;

namespace Vestige.Images.Codecs;

/// <summary>JPEG files in JPEG XL without loss: not their pixels but their coefficients are coded, and the file comes back byte for byte.</summary>
/// <remarks>By cjxl and djxl. All of the file is kept, metadata too, so that its size stands beside the file's and not beside other codecs'
/// bytes of pixels alone.</remarks>
internal sealed class JpegTranscode : ICodec<Picture>
{
    internal const string Name = "jxl:transcode";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<(string? Encoder, string? Decoder)> s_programs = new(() => (CommandTemplate.Find("cjxl"), CommandTemplate.Find("djxl")));

    private static readonly Lazy<string?> s_version = new(() =>
        ProgramRun.Of(s_programs.Value.Encoder!, ["--version"], Path.GetTempPath(), s_limit, CancellationToken.None) is { Fault: null } run
            ? run.Said.Split('\n')[0].Trim() : "cjxl");

    /// <summary>The row of the registry.</summary>
    internal static CompressorRow<Picture> Row { get; } =
        new(Name, "JPEG files in JPEG XL, byte for byte: added by itself where all images are JPEG files", _ => new CodecCompressor<Picture>(Name, new JpegTranscode()))
        {
            Extension = _ => "jxl",
            WhyAbsent = () => s_programs.Value switch
            {
                { Encoder: null } => "there is no program cjxl in PATH; install libjxl's tools",
                { Decoder: null } => "there is no program djxl in PATH; install libjxl's tools",
                _ => null,
            },
            Version = () => s_version.Value,
        };

    public long? DescriptionBytes => null;

    public Coded<Picture> Code(Picture item)
    {
        ArgumentNullException.ThrowIfNull(item);
        byte[] original = item.Stored?.Invoke() ?? throw new UnusableDocumentException($"{Name}: there is no file behind these pixels: they were reduced, or drawn");
        if (!JpegReader.IsJpeg(original)) throw new UnusableDocumentException($"{Name}: is no JPEG file");
        string folder = Directory.CreateTempSubdirectory("vestige-").FullName;
        try
        {
            string file = Path.Combine(folder, "original.jpg"), coded = Path.Combine(folder, "coded.jxl"), back = Path.Combine(folder, "back.jpg");
            File.WriteAllBytes(file, original);
            double encode = Run(s_programs.Value.Encoder!, folder, file, coded, "--lossless_jpeg=1", "--num_threads=0");
            double decode = Run(s_programs.Value.Decoder!, folder, coded, back);
            return original.AsSpan().SequenceEqual(File.ReadAllBytes(back)) ? new Coded<Picture>(new FileInfo(coded).Length, item, encode, decode)
                : throw new UnusableDocumentException($"{Name}: djxl gave other bytes than the file's");
        }
        catch (IOException error)
        {
            throw new UnusableDocumentException($"{Name}: {error.Message}", error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Run(string program, string folder, params string[] arguments)
    {
        ProgramRun run = ProgramRun.Of(program, arguments, folder, s_limit, CancellationToken.None);
        return run.Fault is { } fault ? throw new UnusableDocumentException($"{Name}: {Path.GetFileName(program)} {fault}") : run.Seconds;
    }
}
