using System.Globalization;
using Vestige.Compressors;
using Vestige.Files;
using Vestige.Images.Interop;
using Vestige.Images.Sources;
using Vestige.Sources;

namespace Vestige.Images.Codecs.External;

/// <summary>Any program that codes an image file, with one that decodes it.</summary>
/// <remarks>Each call has a folder of its own in the system's temporary one, with plain names; it is gone afterwards.</remarks>
internal sealed class ExecCodec : ICodec<Picture>, IPictureEncoder, IIdentified
{
    private readonly string _name, _quality, _coded, _decoded;
    private readonly CommandTemplate _encoder, _decoder;
    private readonly TimeSpan _timeout;

    /// <exception cref="SpecException">A command is wrong or its program not installed.</exception>
    internal ExecCodec(CompressorSpec spec)
    {
        _name = spec.Name;
        _encoder = CommandTemplate.Parse("enc", spec.Text("enc"));
        _decoder = CommandTemplate.Parse("dec", spec.Text("dec"));
        _quality = spec.Real("q").ToString(CultureInfo.InvariantCulture);
        _coded = "coded." + Extension("ext", spec.Text("ext"));
        _decoded = "decoded." + Extension("back", spec.Text("back"));
        _timeout = TimeSpan.FromSeconds(spec.Whole("timeout"));
        if (_decoder.HasQuality) throw new SpecException("dec has a place {q}: a decoder is told no quality.");
        Identity = string.Join('\n', spec.Identity, Stamp(_encoder.Program), Stamp(_decoder.Program));
    }

    /// <summary>The options, in the order of names.</summary>
    internal static IReadOnlyList<OptionSpec> Options { get; } =
    [
        OptionSpec.Text("name", "", "what to call it in tables"),
        OptionSpec.Text("enc", "", "\"program {in} {out} {q}\": writes {out} from {in}, a PNG; no shell runs it") with { Hidden = true },
        OptionSpec.Text("dec", "", "\"program {in} {out}\": writes an image from what enc wrote") with { Hidden = true },
        OptionSpec.Text("ext", "bin", "extension of what enc writes") with { Hidden = true },
        OptionSpec.Text("back", "png", "extension of what dec writes: png, ppm or another that is read") with { Hidden = true },
        OptionSpec.Real("q", -1_000_000, 1_000_000, 75, "takes the place of {q}") with { AlwaysShown = true },
        OptionSpec.Whole("timeout", 1, 86_400, 60, "seconds that a program may take for one image") with { Hidden = true },
    ];

    public long? DescriptionBytes => null;

    /// <summary>The commands, and which files their programs are: another version of a program is another codec.</summary>
    public string Identity { get; }

    public Coded<Picture> Code(Picture item) => CodeToFile(item).Coded;

    public (Coded<Picture> Coded, byte[] File) CodeToFile(Picture item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return InFolder(folder =>
        {
            double encode = Encode(item, folder), decode;
            byte[] file = File.ReadAllBytes(Path.Combine(folder, _coded));
            decode = Run(_decoder, folder, _coded, _decoded);
            Picture decoded;
            try
            {
                decoded = PictureReader.Decode(File.ReadAllBytes(Path.Combine(folder, _decoded)), PictureOptions.MostPixels, []);
            }
            catch (UnusableDocumentException error)
            {
                throw new UnusableDocumentException($"what dec wrote {error.Message}", error);
            }
            return (decoded.Width, decoded.Height) == (item.Width, item.Height)
                ? (new Coded<Picture>(file.Length, decoded, encode, decode), file)
                : throw new UnusableDocumentException($"dec gave {decoded.Width} x {decoded.Height} pixels for {item.Width} x {item.Height}");
        });
    }

    public byte[] Encode(Picture picture) => InFolder(folder =>
    {
        Encode(picture, folder);
        return File.ReadAllBytes(Path.Combine(folder, _coded));
    });

    private double Encode(Picture picture, string folder)
    {
        const string original = "original.png";
        File.WriteAllBytes(Path.Combine(folder, original), Vips.Run([], () =>
        {
            using var image = VipsImage.FromSamples(picture.Width, picture.Height, 3, picture.Rgb);
            // It is read once: time spent on making it small would be wasted.
            return image.Apply("pngsave_buffer").Set("strip", true).Set("compression", 1).BuildBuffer();
        }));
        return Run(_encoder, folder, original, _coded);
    }

    private double Run(CommandTemplate command, string folder, string input, string output)
    {
        string from = Path.Combine(folder, input), to = Path.Combine(folder, output);
        string name = Path.GetFileName(command.Program);
        ProgramRun run = ProgramRun.Of(command.Program, command.Arguments(from, to, _quality), folder, _timeout, CancellationToken.None);
        if (run.Fault is { } fault) throw new UnusableDocumentException($"{name} {fault}");
        var written = new FileInfo(to);
        return !written.Exists ? throw new UnusableDocumentException($"{name} ended well but wrote no file")
            : written.Length == 0 ? throw new UnusableDocumentException($"{name} ended well but wrote an empty file")
            : run.Seconds;
    }

    private T InFolder<T>(Func<string, T> work)
    {
        string folder = Directory.CreateTempSubdirectory("vestige-").FullName;
        try
        {
            return work(folder);
        }
        catch (UnusableDocumentException error)
        {
            throw new UnusableDocumentException($"{_name}: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or VipsException)
        {
            throw new UnusableDocumentException($"{_name}: {error.Message}", error);
        }
        finally
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // A program that was stopped may still hold a file; the system clears its temporary folder.
            }
        }
    }

    private static string Extension(string option, string text) =>
        text.Length is > 0 and <= 16 && text.All(char.IsAsciiLetterOrDigit) ? text
            : throw new SpecException($"{option}={text} is no extension: letters and digits, without a dot.");

    private static string Stamp(string program)
    {
        var file = new FileInfo(program);
        return string.Create(CultureInfo.InvariantCulture, $"{program} {file.Length} {file.LastWriteTimeUtc.Ticks}");
    }
}
