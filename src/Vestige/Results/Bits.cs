using Vestige.Figures;

namespace Vestige.Results;

/// <summary>What one compressor costs, over all usable documents that it could take. Shares compare the same documents.</summary>
public sealed record Bits
{
    /// <summary>Bits a size unit (pixel, byte); not measurable for what stores nothing of its own.</summary>
    public required Figure Rate { get; init; }

    /// <summary>True where the rate is no coded size but the ideal code length of H under a model, <c>-log2 q(x)</c> a size unit.</summary>
    public bool RateIsIdeal { get; init; }

    /// <summary>The same rate a Unicode character (scalar value), of text in which a character may take several bytes; null of other things (densities).</summary>
    public Figure? RatePerCharacter { get; init; }

    /// <summary>Ideal code length of T, bits a size unit (densities).</summary>
    public Figure? CodeLengthTraining { get; init; }

    /// <summary>Ideal code length of H, bits a size unit (densities).</summary>
    public Figure? CodeLengthHeldOut { get; init; }

    /// <summary>Documents of H that were coded into files, each by itself (densities that code files).</summary>
    public int? Files { get; init; }

    /// <summary>Bytes of these files, with all that a file has around its text, times 8: bits a size unit.</summary>
    public Figure? FileRate { get; init; }

    /// <summary>Ideal code length of the same documents, bits a size unit. Items are scored each from its start, while a file is read on from item to
    /// item: where documents have several, it may be the larger of the two.</summary>
    public Figure? FileIdeal { get; init; }

    /// <summary>That of H less that of T: what the model knows of T only.</summary>
    public Figure? GeneralizationGap { get; init; }

    /// <summary>The gap over all of T, in bits: what the model knows of T beyond what it knows of any text of its source (densities).</summary>
    public Figure? MemorizedBits { get; init; }

    /// <summary>The chance of such a gap where the model was not trained on T: by exchanging the documents of T and H, at least 1/1000. Exact where
    /// both were dealt at random out of one source (densities).</summary>
    public double? ExchangeChance { get; init; }

    /// <summary>Mean ideal code length of the model's own samples: the entropy of q, bits a size unit.</summary>
    public Figure? EntropyOfSamples { get; init; }

    /// <summary>Share of the bytes of the user's files that coding them saves; negative where it takes more.</summary>
    public Figure? Saving { get; init; }

    /// <summary>Share of the bytes of the best lossless code at hand that this saves.</summary>
    public Figure? SavingLossless { get; init; }

    /// <summary>Coded bytes over those of the best lossless code: geometric mean over documents, so that each counts alike.</summary>
    public Figure? RatioToLossless { get; init; }

    /// <summary>Bytes of all coded documents.</summary>
    public long? CodedBytes { get; init; }

    /// <summary>Bytes that must be stored to have q: the coded documents, a model's weights.</summary>
    public long? DescriptionBytes { get; init; }

    /// <summary>Documents that this compressor could not take.</summary>
    public int Failures { get; init; }
}

/// <summary>How fast a codec was, in millions of size units (pixels, bytes) a second of one thread.</summary>
/// <param name="Row">The codec.</param>
/// <param name="Encode">Size of all coded documents over the time that encoding took.</param>
/// <param name="Decode">The same for decoding; null for the parrot, which never decodes.</param>
public sealed record Speed(string Row, double? Encode, double? Decode);
