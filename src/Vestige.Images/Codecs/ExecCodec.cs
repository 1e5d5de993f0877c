using System.Globalization;
using Vestige.Compressors;
using Vestige.Files;
using Vestige.Images.Interop;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Images.Codecs;

/// <summary>Any program that codes an image file, with one that decodes it.</summary>
/// <remarks>Each call has a folder of its own in the system's temporary one, with plain names; it is gone before the next, so that what is decoded
/// is what was counted: the original and all else that an encoder wrote would be bytes for nothing.</remarks>
internal sealed class ExecCodec : ICodec<Picture>, IPictureEncoder, IIdentified
{
    private readonly string _name, _quality, _coded, _decoded;
    private readonly CommandTemplate _encoder, _decoder;
    private readonly TimeSpan _timeout;

    private ExecCodec(Spec spec, CommandTemplate encoder, CommandTemplate decoder)
    {
        (_name, _encoder, _decoder) = (spec.Name, encoder, decoder);
        _quality = spec.Number("q").ToString(CultureInfo.InvariantCulture);
        _coded = "coded." + Extension("ext", spec.Text("ext"));
        _decoded = "decoded." + Extension("back", spec.Text("back"));
        _timeout = TimeSpan.FromSeconds(spec.WholeNumber("timeout"));
        Identity = IdentityOf(spec, encoder, decoder);
    }

    /// <summary>The options, in the order of names.</summary>
    internal static IReadOnlyList<OptionSpec> Options { get; } =
    [
        OptionSpec.Text("name", "", "what to call it in tables"),
        OptionSpec.Text("enc", "", "\"program {in} {out} {q}\": writes {out} from {in}, a PNG; no shell runs it. Or {in_dir} {out_dir}: many at once")
            with { Hidden = true },
        OptionSpec.Text("dec", "", "\"program {in} {out}\": writes an image from what enc wrote; or {in_dir} {out_dir}") with { Hidden = true },
        OptionSpec.Text("ext", "bin", "extension of what enc writes") with { Hidden = true },
        OptionSpec.Text("back", "png", "extension of what dec writes: png, ppm or another that is read") with { Hidden = true },
        OptionSpec.Number("q", -1_000_000, 1_000_000, 75, "takes the place of {q}") with { AlwaysShown = true },
        OptionSpec.WholeNumber("timeout", 1, 86_400, 60, "seconds that a program may take for one image") with { Hidden = true },
        OptionSpec.WholeNumber("batch", 1, 10_000, 64, "images that a program with {in_dir} is given at once, at most") with { Hidden = true },
    ];

    /// <summary>What the commands ask for: a codec of one image at a time, or of many.</summary>
    /// <exception cref="SpecException">A command is wrong or its program not installed.</exception>
    internal static ICodec<Picture> Of(Spec spec)
    {
        CommandTemplate encoder = CommandTemplate.Parse("enc", spec.Text("enc")), decoder = CommandTemplate.Parse("dec", spec.Text("dec"));
        if (decoder.HasQuality) throw new SpecException("dec has a place {q}: a decoder is told no quality.");
        if (encoder.TakesFolders != decoder.TakesFolders)
            throw new SpecException("one of enc and dec takes folders ({in_dir}, {out_dir}), the other files: both must take the same.");
        return encoder.TakesFolders ? new ExecBatchCodec(spec, encoder, decoder) : new ExecCodec(spec, encoder, decoder);
    }

    public long? DescriptionBytes => null;

    /// <summary>The commands, and which files their programs are: another version of a program is another codec.</summary>
    public string Identity { get; }

    public Coded<Picture> Code(Picture item) => CodeToFile(item).Coded;

    public (Coded<Picture> Coded, byte[] File) CodeToFile(Picture item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Encoded encoded = EncodeAlone(item);
        return InFolder(folder =>
        {
            File.WriteAllBytes(Path.Combine(folder, _coded), encoded.File);
            try
            {
                double decode = Run(_decoder, folder, _coded, _decoded, item);
                Picture decoded = ExecFiles.Decode(Path.Combine(folder, _decoded), item);
                return (new Coded<Picture>(encoded.File.Length, decoded, encoded.Seconds, decode), encoded.File);
            }
            catch (UnusableDocumentException error)
            {
                throw new UnusableDocumentException(error.Message + encoded.Handed, error);
            }
        });
    }

    public byte[] Encode(Picture picture) => EncodeAlone(picture).File;

    internal static string IdentityOf(Spec spec, CommandTemplate encoder, CommandTemplate decoder) =>
        string.Join('\n', spec.Identity, ExecFiles.Stamp(encoder.Program), ExecFiles.Stamp(decoder.Program));

    private Encoded EncodeAlone(Picture picture) => InFolder(folder =>
    {
        const string original = "original.png";
        ExecFiles.Write(picture, Path.Combine(folder, original));
        double seconds = Run(_encoder, folder, original, _coded, picture);
        byte[] file = File.ReadAllBytes(Path.Combine(folder, _coded));
        string handed = ExecFiles.Handed(ExecFiles.NamesIn(folder).Where(name => name != original && name != _coded));
        return ExecFiles.Delete(folder) ? new Encoded(file, seconds, handed) : throw new UnusableDocumentException(ExecFiles.Stays(_encoder.Program));
    });

    private double Run(CommandTemplate command, string folder, string input, string output, Picture picture)
    {
        string from = Path.Combine(folder, input), to = Path.Combine(folder, output);
        IEnumerable<string> arguments = command.Arguments(from, to, _quality, picture.Width, picture.Height);
        ProgramRun run = ProgramRun.Of(command.Program, arguments, folder, _timeout, CancellationToken.None);
        return (run.Fault ?? ExecFiles.Fault(to)) is { } fault ? throw new UnusableDocumentException($"{Path.GetFileName(command.Program)} {fault}") : run.Seconds;
    }

    private T InFolder<T>(Func<string, T> work)
    {
        string folder = Directory.CreateTempSubdirectory("vestige-").FullName;
        try
        {
            return work(folder);
        }
        catch (Exception error) when (error is UnusableDocumentException or IOException or UnauthorizedAccessException or VipsException)
        {
            throw new UnusableDocumentException($"{_name}: {error.Message}", error);
        }
        finally
        {
            ExecFiles.Delete(folder);
        }
    }

    private static string Extension(string option, string text) =>
        ExecFiles.IsExtension(text) ? text
            : throw new SpecException($"{option}={text} is no extension: letters and digits, without a dot.");

    /// <summary>What an encoder made.</summary>
    /// <param name="File">The coded file.</param>
    /// <param name="Seconds">How long it took.</param>
    /// <param name="Handed">What dec is given of it, for messages.</param>
    private sealed record Encoded(byte[] File, double Seconds, string Handed);
}
