using System.Security.Cryptography;
using Vestige.Compressors;

namespace Vestige.Language;

/// <summary>A trained language model over bytes: a distribution over passages, which can be kept in a file.</summary>
/// <remarks>Its members may be called from several threads at once.</remarks>
public interface ITextModel : IGenerator<Passage>, IDensity<Passage>, ITextCompleter, IIdentified
{
    /// <summary>Name of the row.</summary>
    string Name { get; }

    /// <summary>What it is, in a line for people.</summary>
    string Summary { get; }

    /// <summary>Hashes of the documents it was trained on, and of what those were cut out of.</summary>
    IReadOnlyList<UInt128> Documents { get; }

    /// <summary>What was noticed about it and stopped nothing, for the user.</summary>
    IReadOnlyList<string> Notices => [];

    /// <summary>The same model under another name, drawn from in another way.</summary>
    /// <param name="name">Name of the row.</param>
    /// <param name="sampling">How bytes are drawn.</param>
    /// <param name="passageBytes">Length of the passages it draws.</param>
    ITextModel Drawing(string name, SamplingOptions sampling, int passageBytes);

    /// <summary>Draws texts. The same seed gives the same texts, whatever the threads.</summary>
    /// <param name="count">How many.</param>
    /// <param name="length">Bytes of each, after the prompt.</param>
    /// <param name="prompt">What each goes on from; may be empty.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="first">Number of the first text: 100 texts are the same as 60, and 40 from number 60 on.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The texts, without the prompt.</returns>
    byte[][] Sample(int count, int length, ReadOnlyMemory<byte> prompt, ulong seed, long first, IProgress<double>? progress, CancellationToken cancel);

    /// <summary>Writes the model; how it is drawn from is not part of it.</summary>
    void Write(Stream stream);

    /// <summary>SHA-256 of what <see cref="Write"/> writes, in hexadecimal.</summary>
    string IIdentified.Identity
    {
        get
        {
            using var hash = SHA256.Create();
            using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write)) Write(stream);
            return Convert.ToHexStringLower(hash.Hash!);
        }
    }
}
