using System.Globalization;
using Vestige.Compressors;
using Vestige.Images.Interop;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Images.Codecs;

/// <summary>Programs that code and decode a folder of images at once: those that take long to start, as neural codecs do.</summary>
internal sealed class ExecBatchCodec : IBatchCodec<Picture>, IPictureEncoder, IIdentified
{
    /// <summary>Bytes of pixels in one batch, at most, where it holds more than one image: what waits on disk is a few times as much.</summary>
    private const long MostBytes = 256_000_000;

    private readonly string _name;
    private readonly BatchProgram _encoder, _decoder;
    private readonly int _most;

    internal ExecBatchCodec(Spec spec, CommandTemplate encoder, CommandTemplate decoder)
    {
        _name = spec.Name;
        _most = spec.WholeNumber("batch");
        string quality = spec.Number("q").ToString(CultureInfo.InvariantCulture);
        var timeout = TimeSpan.FromSeconds(spec.WholeNumber("timeout"));
        (_encoder, _decoder) = (new BatchProgram(encoder, quality, timeout), new BatchProgram(decoder, quality, timeout));
        Identity = ExecCodec.IdentityOf(spec, encoder, decoder);
    }

    public long? DescriptionBytes => null;

    public string Identity { get; }

    public ICodecBatch<Picture> Begin() => new Batch(this);

    /// <summary>A batch of one.</summary>
    public Coded<Picture> Code(Picture item) => CodeToFile(item).Coded;

    public byte[] Encode(Picture picture) => CodeToFile(picture).File;

    public (Coded<Picture> Coded, byte[] File) CodeToFile(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var batch = new Batch(this);
        batch.Add(picture);
        batch.Run(CancellationToken.None);
        return (batch.Take(0, picture), batch.FileOf(0));
    }

    private sealed class Batch(ExecBatchCodec codec) : ICodecBatch<Picture>
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("vestige-").FullName, _images = Directory.CreateTempSubdirectory("vestige-").FullName;
        private readonly List<BatchProgram.Job> _originals = [];
        private BatchProgram.Job?[] _decoded = [];
        private long _bytes;

        public bool IsFull => _originals.Count >= codec._most || _bytes >= MostBytes;

        public int Add(Picture item)
        {
            int number = _originals.Count;
            string path = Path.Combine(_images, $"original-{number}.png");
            try
            {
                ExecFiles.Write(item, path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or VipsException)
            {
                throw Unusable(error.Message, error);
            }
            _originals.Add(new BatchProgram.Job(number, path, item.Width, item.Height));
            _bytes += 3L * item.Width * item.Height;
            return number;
        }

        public void Run(CancellationToken cancel)
        {
            codec._encoder.Run(_originals, Path.Combine(_folder, "coded"), cancel);
            // No decoder is to find them: they would be bytes for nothing.
            if (!ExecFiles.Delete(_images))
                foreach (BatchProgram.Job job in _originals) job.Fault ??= "the originals cannot be removed before dec runs";
            _decoded = [.. _originals.Select(job => job.Fault is null ? new BatchProgram.Job(job.Number, job.Output!, job.Width, job.Height) : null)];
            codec._decoder.Run([.. _decoded.OfType<BatchProgram.Job>()], Path.Combine(_folder, "decoded"), cancel);
        }

        public Coded<Picture> Take(int number, Picture item)
        {
            BatchProgram.Job original = _originals[number];
            if (original.Fault is { } fault) throw Unusable(fault);
            BatchProgram.Job decoded = _decoded[number]!;
            if (decoded.Fault is { } decoding) throw Unusable(decoding + original.Handed);
            try
            {
                return new Coded<Picture>(original.OutputBytes, ExecFiles.Decode(decoded.Output!, item), original.Seconds, decoded.Seconds);
            }
            catch (Exception error) when (error is UnusableDocumentException or IOException or UnauthorizedAccessException)
            {
                throw Unusable(error.Message + original.Handed, error);
            }
        }

        internal byte[] FileOf(int number) => File.ReadAllBytes(_originals[number].Output!);

        public void Dispose()
        {
            ExecFiles.Delete(_images);
            ExecFiles.Delete(_folder);
        }

        private UnusableDocumentException Unusable(string why, Exception? inner = null) =>
            inner is null ? new($"{codec._name}: {why}") : new($"{codec._name}: {why}", inner);
    }
}
