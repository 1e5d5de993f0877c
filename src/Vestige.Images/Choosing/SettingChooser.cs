using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Vestige.Audits.Documents;
using Vestige.Compressors;
using Vestige.Images.Codecs;
using Vestige.Images.Interop;
using Vestige.Sources;
using Vestige.Specs;

namespace Vestige.Images.Choosing;

/// <summary>One coding of one image.</summary>
/// <param name="Bytes">Of the coded file.</param>
/// <param name="Score">Of the target's measure.</param>
/// <param name="Pixels">Of the image.</param>
/// <param name="File">A hash of the file: see <see cref="SettingChooser.HashOf"/>.</param>
public readonly record struct Coding(long Bytes, double Score, long Pixels, UInt128 File);

/// <summary>What was chosen for one image.</summary>
/// <param name="Step">Of the ladder.</param>
/// <param name="Coding">What it gives.</param>
/// <param name="Met">Whether it meets the target; else it is the best that was tried.</param>
/// <param name="Codings">How many settings were tried.</param>
public sealed record ChosenSetting(int Step, Coding Coding, bool Met, int Codings);

/// <summary>Chooses for each image the cheapest setting of a codec that meets a target. Safe to use from several threads.</summary>
public sealed class SettingChooser
{
    // Its place on a ladder from 0 to 100, where nothing else is known: half of photographs need less for "high quality", half more.
    private const double FirstShare = 0.75;

    private readonly QualityTarget _target;
    private readonly IJournal _journal;
    private readonly (ICodec<Picture> Codec, byte[] Key)[] _ladder;

    /// <summary>Prepares a ladder.</summary>
    /// <param name="ladder">Settings of one codec, from the cheapest to the dearest.</param>
    /// <param name="codecs">The codec of each.</param>
    /// <param name="target">What each image is to meet.</param>
    /// <param name="journal">Keeps codings; what it holds of an equal image, codec and measure is not coded again.</param>
    /// <exception cref="ArgumentException">A codec's coded image is no file.</exception>
    public SettingChooser(IReadOnlyList<Spec> ladder, IReadOnlyList<ICodec<Picture>> codecs, QualityTarget target, IJournal journal)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        ArgumentNullException.ThrowIfNull(codecs);
        if (codecs.FirstOrDefault(codec => codec is not IPictureEncoder) is not null) throw new ArgumentException("A coded image is no file.", nameof(codecs));
        (Ladder, _target, _journal) = (ladder, target, journal);
        _ladder = [.. ladder.Zip(codecs, (spec, codec) => (codec, Hash(Encoding.UTF8.GetBytes(string.Join('\n',
            "choose 1", target.Measure, (codec as IIdentified)?.Identity ?? spec.Identity, spec.Row.Version(), Vips.Version, typeof(SettingChooser)
                .Assembly.ManifestModule.ModuleVersionId)))))];
    }

    /// <summary>The settings.</summary>
    public IReadOnlyList<Spec> Ladder { get; }

    /// <summary>Whether this codec's coded images are files, which can be written.</summary>
    public static bool MakesFiles(ICodec<Picture> codec) => codec is IPictureEncoder;

    /// <summary>The hash by which a file is known again.</summary>
    public static UInt128 HashOf(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadUInt128LittleEndian(Hash(file));

    /// <summary>Chooses for one image.</summary>
    /// <param name="image">The image; read only if a coding is not in the journal.</param>
    /// <param name="content">A hash of its content and the way it is read.</param>
    /// <param name="own">The step whose quality the image was coded with before, by this codec's format; null for none.</param>
    /// <returns>What was chosen, and its file where it was made just now.</returns>
    /// <exception cref="UnusableDocumentException">It cannot be read, coded or measured.</exception>
    public (ChosenSetting Setting, byte[]? File) Choose(Lazy<Picture> image, UInt128 content, int? own = null)
    {
        Func<Picture, double>? side = null;
        (int Step, Coding Coding, byte[]? File)? best = null;
        int codings = 0, from = 0, to = _ladder.Length;
        // At its own steps a JPEG's coefficients come out nearly as they are: a peak off the curve, which the search would pass by.
        if (own is { } before)
        {
            if (Try(before) >= 0) to = before;
            else from = before + 1;
        }
        int first = to < _ladder.Length ? First(to) : Math.Max(First(to) - from, (to - from) / 2);
        if (from < to) SettingSearch.Find(to - from, first, Stride(_ladder.Length), step => Try(from + step));
        return (new ChosenSetting(best!.Value.Step, best.Value.Coding, Meets(best.Value.Coding), codings), best.Value.File);

        double Try(int step)
        {
            (Coding coding, byte[]? file) = Code(step, image, content, ref side, keepFile: true);
            codings++;
            if (best is not { } other || IsBetter(step, coding, other.Step, other.Coding)) best = (step, coding, file);
            return _target.Excess(coding.Score);
        }
    }

    /// <summary>The same or, where the journal holds one, a coding of the image that serves better: of earlier runs, or made to find one setting for all.</summary>
    /// <param name="setting">What was chosen.</param>
    /// <param name="content">As in <see cref="Choose"/>.</param>
    public ChosenSetting BestKnown(ChosenSetting setting, UInt128 content)
    {
        ArgumentNullException.ThrowIfNull(setting);
        for (int step = 0; step < _ladder.Length; step++)
            if (Known(Key(content, step)) is { } coding && IsBetter(step, coding, setting.Step, setting.Coding))
                setting = setting with { Step = step, Coding = coding, Met = Meets(coding) };
        return setting;
    }

    /// <summary>The step of a quality; null where the ladder has none.</summary>
    public int? StepOf(int quality)
    {
        int step = Array.FindIndex([.. Ladder], spec => spec.Row.Options.First(option => option.Name == "q").Kind == OptionKind.WholeNumber
            ? spec.WholeNumber("q") == quality : spec.Number("q") == quality);
        return step < 0 ? null : step;
    }

    /// <summary>Codes one image at one step.</summary>
    /// <inheritdoc cref="Choose"/>
    public Coding At(int step, Lazy<Picture> image, UInt128 content)
    {
        Func<Picture, double>? side = null;
        return Code(step, image, content, ref side, keepFile: false).Coding;
    }

    /// <summary>The file of one image at one step.</summary>
    /// <exception cref="UnusableDocumentException">It cannot be read or coded.</exception>
    public byte[] File(int step, Picture image) => ((IPictureEncoder)_ladder[step].Codec).Encode(image);

    /// <summary>Looks for the cheapest step whose worst twentieth is no worse than a value.</summary>
    /// <param name="worst">The value.</param>
    /// <param name="first">The step to start with.</param>
    /// <param name="codeAll">Codes all images at a step.</param>
    /// <returns>All steps that were tried, and what they give.</returns>
    public IReadOnlyDictionary<int, IReadOnlyList<Coding>> TryForAll(double worst, int first, Func<int, IReadOnlyList<Coding>> codeAll)
    {
        ArgumentNullException.ThrowIfNull(codeAll);
        var codings = new SortedDictionary<int, IReadOnlyList<Coding>>();
        SettingSearch.Find(_ladder.Length, first, Stride(_ladder.Length), step =>
        {
            codings[step] = codeAll(step);
            double here = Worst(codings[step]);
            return _target.MoreIsBetter ? here - worst : worst - here;
        });
        return codings;
    }

    /// <summary>Whether the worst twentieth of some codings is no worse than that of others.</summary>
    public bool IsNoWorse(IEnumerable<Coding> codings, IEnumerable<Coding> others) =>
        _target.MoreIsBetter ? Worst(codings) >= Worst(others) : Worst(codings) <= Worst(others);

    /// <summary>Mean of the worst twentieth of some codings' scores, of one at the least.</summary>
    public double Worst(IEnumerable<Coding> codings) => _target.Worst(codings.Select(coding => coding.Score));

    private (Coding Coding, byte[]? File) Code(int step, Lazy<Picture> image, UInt128 content, ref Func<Picture, double>? side, bool keepFile)
    {
        UInt128 key = Key(content, step);
        if (Known(key) is { } known) return (known, null);
        side ??= _target.Prepare(image.Value);
        (Coded<Picture> coded, byte[] file) = ((IPictureEncoder)_ladder[step].Codec).CodeToFile(image.Value);
        var coding = new Coding(coded.Bytes, side(coded.Reconstruction), image.Value.Pixels, HashOf(file));
        if (double.IsNaN(coding.Score)) throw new UnusableDocumentException($"{_target.Measure.Name} cannot be measured of it");
        _journal.Write(key, MemoryMarshal.AsBytes([coding]));
        return (coding, keepFile ? file : null);
    }

    private Coding? Known(UInt128 key) =>
        _journal.Read(key) is { } known && known.Length == Unsafe.SizeOf<Coding>() ? MemoryMarshal.Read<Coding>(known) : null;

    private bool Meets(Coding coding) => _target.Excess(coding.Score) >= 0;

    /// <summary>Of those that meet the target the one of fewest bytes, else the one nearest to it; of equal ones the other figure, then the lower step decides.</summary>
    private bool IsBetter(int step, Coding coding, int otherStep, Coding other)
    {
        if (Meets(coding) != Meets(other)) return Meets(coding);
        int bytes = coding.Bytes.CompareTo(other.Bytes), score = _target.Excess(other.Score).CompareTo(_target.Excess(coding.Score));
        (int one, int two) = Meets(coding) ? (bytes, score) : (score, bytes);
        return one != 0 ? one < 0 : two != 0 ? two < 0 : step < otherStep;
    }

    private UInt128 Key(UInt128 content, int step)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, content);
        return HashOf([.. _ladder[step].Key, .. bytes]);
    }

    private double Stride(int count) => Math.Max(1, count / 100.0) * _target.Stride;

    private static int First(int count) => (int)(FirstShare * count);

    private static byte[] Hash(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes);
}
