using Vestige.Compressors;
using Vestige.Files;
using Vestige.Images.Codecs;
using Vestige.Images.Jpeg;
using Vestige.Images.Paired;
using Vestige.Images.Paired.Detail;
using Vestige.Images.Sources;
using Vestige.Pairs;
using Vestige.Sources;

namespace Vestige.Images.Inspections;

/// <summary>Every paired measure of one original.</summary>
/// <remarks>The original's side is made once. Not to be used from several threads at a time.</remarks>
public sealed class Inspection
{
    private const string OverWhite = "the original has transparency: codecs were given it laid over white";

    private static readonly PictureMeasure[] s_shown = [.. PictureMeasures.All.Where(measure => measure.Table is not null)];

    private readonly PictureFile _original;
    private readonly MemoryBudget? _memory;
    private PairedOriginal? _paired;
    private Lazy<Layers?>? _layers;
    private (bool IsKnown, long? Bytes) _lossless;
    private List<(string Name, long Bytes, double[] Statistics)> _plain = [];

    /// <summary>Prepares it.</summary>
    /// <param name="original">The original.</param>
    /// <param name="memory">What a file beside it may take; null for no limit.</param>
    public Inspection(PictureFile original, MemoryBudget? memory = null)
    {
        ArgumentNullException.ThrowIfNull(original);
        (_original, _memory) = (original, memory);
    }

    /// <summary>The measures that tables show, and in which.</summary>
    public static IReadOnlyList<(PairedMeasure Measure, InspectionTable Table)> Columns { get; } = [.. s_shown.Select(measure => ((PairedMeasure)measure, measure.Table!.Value))];

    /// <summary>Takes the settings of a plain codec: what follows is looked at for substitutions beside that of the nearest bytes.</summary>
    /// <exception cref="UnusableDocumentException">It cannot take the original.</exception>
    public void LookBeside(IEnumerable<(string Name, ICodec<Picture> Codec)> plain)
    {
        var ladder = new List<(string Name, long Bytes, double[] Statistics)>();
        foreach ((string name, ICodec<Picture> codec) in plain)
        {
            Coded<Picture> coded = codec.Code(_original.Picture);
            ladder.Add((name, coded.Bytes, Substitution.Statistics(Paired.Details(coded.Reconstruction))));
        }
        _plain = ladder;
    }

    /// <summary>What a JPEG looked at alone kept and discarded.</summary>
    /// <exception cref="JpegException">It is of a kind whose coefficients are not read, or damaged.</exception>
    public static JpegAccount OfJpeg(PictureFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        JpegImage jpeg = JpegReader.Read(file.Content, PictureOptions.Default.PixelLimit);
        return JpegAccount.Of(jpeg, null, IsAsStored(jpeg, file.Picture, file.Facts.Orientation) ? file.Picture : null, null, file.Facts.IsConverted);
    }

    /// <summary>A file against the original; what is wrong with it is the row's <see cref="InspectionRow.Why"/>.</summary>
    /// <param name="path">The reconstruction.</param>
    /// <param name="map">Receives the map; null where none is wanted.</param>
    /// <param name="notes">Receives what is to be known of how the two files differ.</param>
    public InspectionRow OfFile(string path, Action<Picture>? map, ICollection<string> notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        string name = Results.Names.Printable(path);
        try
        {
            PictureFile file = PictureFile.Read(path, _memory);
            foreach (string notice in file.Notices) notes.Add($"{name}: {notice}");
            foreach (string difference in Differences(file.Facts)) notes.Add($"{name}: {difference}");
            Layers? layers = file.Layers();
            InspectionRow row = Base(name, file.Content.Length, file.Picture, file.Content, file.Facts, notes);
            return layers is not null || OriginalLayers is not null
                ? OverGrounds(row, OriginalLayers ?? Layers.Opaque(_original.Picture), layers ?? Layers.Opaque(file.Picture), map, notes)
                : Measured(row, _original.Picture, () => Paired, file.Picture, map);
        }
        catch (UnusableDocumentException error)
        {
            return new InspectionRow { Name = name, Why = error.Message };
        }
    }

    /// <summary>The original through a codec, and back.</summary>
    /// <param name="name">Canonical name of the codec.</param>
    /// <param name="codec">The codec.</param>
    /// <param name="map">Receives the map; null where none is wanted.</param>
    /// <param name="notes">Receives what is to be known of the coded file.</param>
    public InspectionRow OfCodec(string name, ICodec<Picture> codec, Action<Picture>? map, ICollection<string> notes)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(notes);
        try
        {
            (Coded<Picture> coded, byte[] file) = codec is IPictureEncoder encoder ? encoder.CodeToFile(_original.Picture) : (codec.Code(_original.Picture), []);
            if (OriginalLayers is not null && !notes.Contains(OverWhite)) notes.Add(OverWhite);
            return Measured(Base(name, coded.Bytes, coded.Reconstruction, file, null, notes), _original.Picture, () => Paired, coded.Reconstruction, map);
        }
        catch (UnusableDocumentException error)
        {
            return new InspectionRow { Name = name, Why = error.Message };
        }
    }

    private Layers? OriginalLayers => (_layers ??= new Lazy<Layers?>(_original.Layers)).Value;

    private PairedOriginal Paired => _paired ??= new PairedOriginal(_original.Picture);

    /// <summary>What is known of a reconstruction before it is looked at: see <see cref="LosslessBytes"/>.</summary>
    private InspectionRow Base(string name, long bytes, Picture reconstruction, byte[] file, PictureFacts? facts, ICollection<string> notes) => new()
    {
        Name = name,
        Bytes = bytes,
        Rate = 8.0 * bytes / _original.Picture.Pixels,
        Jpeg = JpegReader.IsJpeg(file) ? Account(name, file, reconstruction, facts, notes) : null,
    };

    /// <summary>Compares over a dark and over a bright ground, and takes the worse: over white alone, what became transparent there reads as identical.</summary>
    private InspectionRow OverGrounds(InspectionRow row, Layers original, Layers reconstruction, Action<Picture>? map, ICollection<string> notes)
    {
        (InspectionRow Row, Picture? Map) dark = Over(Layers.Dark), bright = dark.Row.Why is null ? Over(Layers.Bright) : dark;
        if (dark.Row.Why is not null) return dark.Row;
        bool darkIsWorse = Quality(dark.Row) <= Quality(bright.Row);
        (InspectionRow worse, Picture? seen) = darkIsWorse ? dark : bright;
        if (seen is not null) map!(seen);
        notes.Add($"{row.Name}: {original.Change(reconstruction.Alpha)}; compared over a dark and over a bright ground: the figures are those over "
            + $"the {(darkIsWorse ? "dark" : "bright")} one, the worse");
        return worse;

        (InspectionRow, Picture?) Over(double ground)
        {
            Picture from = original.Over(ground);
            Picture? made = null;
            InspectionRow measured = Measured(row, from, () => new PairedOriginal(from), reconstruction.Over(ground), map is null ? null : picture => made = picture);
            return (measured, made);
        }

        // SSIMULACRA 2 where there is one; pictures too small for it by their error.
        static double Quality(InspectionRow row) => row.Ssimulacra2 ?? row.Psnr ?? double.PositiveInfinity;
    }

    private InspectionRow Measured(InspectionRow row, Picture original, Func<PairedOriginal> side, Picture reconstruction, Action<Picture>? map)
    {
        if ((original.Width, original.Height) != (reconstruction.Width, reconstruction.Height))
        {
            return row with
            {
                Why = $"has {reconstruction.Width} x {reconstruction.Height} pixels and the original {original.Width} x {original.Height}: only images of one size compare",
            };
        }
        PairedComparison found = side().Compare(reconstruction, map is not null);
        if (map is not null) map(found.Map(original)!);
        TileReading worst = found.Worst;
        return row with
        {
            Other = found.Shift.IsOther,
            Change = found.Change.Words,
            ShiftX = found.Shift.IsOther ? null : found.Shift.X,
            ShiftY = found.Shift.IsOther ? null : found.Shift.Y,
            Identical = found.MeanSquaredError == 0,
            Psnr = found.MeanSquaredError == 0 ? null : found.Psnr,
            Ssimulacra2 = found.Ssimulacra2,
            Measures = PictureMeasures.All.Select(measure => (measure.Name, Value: measure.Show(measure.Of(found)))).Where(value => double.IsFinite(value.Value))
                .ToDictionary(value => value.Name, value => value.Value),
            Values = [.. s_shown.Select(measure => measure.Of(found))],
            Detail = Figures(found.Detail.Total),
            Colour = Figures(found.Colour),
            Tones = Figures(found.Tones),
            Levels = [.. Enumerable.Range(0, DetailComparison.Levels).Select(level => Figures(found.Detail.Level(level)))],
            Tiles = new TileFigures(TileReading.Side, found.Detail.ColumnsOf(TileReading.Side),
                found.ShareOf(TileKind.Faithful), found.ShareOf(TileKind.Blurred), found.ShareOf(TileKind.Artefact), found.ShareOf(TileKind.Substituted),
                found.ShareOf(TileKind.OtherColour), found.ShareOf(TileKind.OtherBrightness),
                worst.X, worst.Y, [.. found.Tiles.Select(tile => tile.Lost)], [.. found.Tiles.Select(tile => tile.Invented)]),
            Substitution = Flag(found, row.Bytes!.Value),
        };
    }

    private SubstitutionFigures Flag(PairedComparison found, long bytes)
    {
        (string? name, _, double[]? plain) = _plain.Count == 0 ? default : _plain.MinBy(p => Math.Abs(Math.Log((double)p.Bytes / bytes)));
        Substitution flag = plain is null ? found.Substitution : Substitution.Of(found.Detail, plain);
        return new SubstitutionFigures(flag.Ratio, flag.IsFlagged, flag.X, flag.Y, name);
    }

    private JpegAccount? Account(string name, byte[] content, Picture decoded, PictureFacts? facts, ICollection<string> notes)
    {
        try
        {
            JpegImage jpeg = JpegReader.Read(content, PictureOptions.Default.PixelLimit);
            bool compares = IsAsStored(jpeg, decoded, facts?.Orientation ?? 1) && (decoded.Width, decoded.Height) == (_original.Picture.Width, _original.Picture.Height);
            return JpegAccount.Of(jpeg, compares ? _original.Picture : null, compares ? decoded : null, compares ? LosslessBytes() : null, facts?.IsConverted ?? false);
        }
        catch (JpegException error)
        {
            notes.Add($"{name}: no account of its bits: it {error.Message}");
            return null;
        }
    }

    private static bool IsAsStored(JpegImage jpeg, Picture picture, int orientation) =>
        orientation == 1 && (jpeg.Width, jpeg.Height) == (picture.Width, picture.Height);

    /// <summary>Bytes of the original without loss; null where no code takes it.</summary>
    /// <remarks>The encoder takes 70 bytes a pixel while it runs, as much as all else together (bench/memory.sh): what can be made again gives way to it.</remarks>
    private long? LosslessBytes()
    {
        if (_lossless.IsKnown) return _lossless.Bytes;
        if (_paired is not null)
        {
            _paired = null;
            // Aggressive: else the runtime keeps what was freed for itself.
            GC.Collect(2, GCCollectionMode.Aggressive);
        }
        try
        {
            _lossless = (true, LosslessReference.Code(_original.Picture).Bytes);
        }
        catch (UnusableDocumentException)
        {
            _lossless = (true, null);
        }
        return _lossless.Bytes;
    }

    private IEnumerable<string> Differences(PictureFacts facts)
    {
        PictureFacts own = _original.Facts;
        if (facts.Bits != own.Bits) yield return $"has {facts.Bits} bits a sample and the original {own.Bits}: both were compared in 8";
        if (facts.Colour != own.Colour) yield return $"is {facts.Colour} and the original {own.Colour}: both were compared as RGB";
        if (facts.HasProfile != own.HasProfile)
            yield return $"{(facts.HasProfile ? "it has" : "the original has")} a colour profile and the other has none: both were compared in sRGB";
    }

    private static DetailFigures Figures(DetailSums sums) => new(sums.Lost, sums.Invented, sums.VisibleLost, sums.VisibleInvented);
}
