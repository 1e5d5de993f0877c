using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vestige.Compressors;
using Vestige.Language.Transformer.Parameters;
using Vestige.Language.Transformer.Storage;

namespace Vestige.Language.Transformer;

/// <summary>A model on a shelf, under a name that says what it was trained on and how: the model once it is trained, until then its checkpoint.</summary>
internal sealed class KeptModel
{
    private readonly IShelf _shelf;
    private readonly Corpus _corpus;
    private readonly string _model, _checkpoint;

    internal KeptModel(IShelf shelf, Corpus corpus, GptOptions options)
    {
        (_shelf, _corpus) = (shelf, corpus);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Settings first, then each text behind its length: no two lists of texts run into the same bytes.
        Add(string.Create(CultureInfo.InvariantCulture, $"{typeof(KeptModel).Assembly.GetName().Version} {options}"));
        foreach (ReadOnlyMemory<byte> text in corpus.Texts)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $" {text.Length} "));
            hash.AppendData(text.Span);
        }
        string name = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
        (_model, _checkpoint) = (name + ".model", name + ".checkpoint");

        void Add(string words) => hash.AppendData(Encoding.UTF8.GetBytes(words));
    }

    /// <summary>The model, read if it is there; else trained, from its checkpoint if that is there.</summary>
    /// <param name="train">Trains; what it throws goes through, and the checkpoint stays.</param>
    /// <param name="name">What the model is called.</param>
    internal TransformerText Get(Func<TrainingJob, TransformerText> train, string name)
    {
        if (_shelf.Find(_model) is { } path && Intact(() => new TransformerText(name, ModelFile.Read(path), SamplingOptions.Plain, _corpus.PassageBytes))
            is { Verified: true } kept)
        {
            return kept;
        }
        var job = new TrainingJob([]) { Save = write => _shelf.Keep(_checkpoint, write) };
        TransformerText model = (_shelf.Find(_checkpoint) is { } begun ? Intact(() => train(job with { Checkpoint = begun })) : null) ?? train(job);
        _shelf.Keep(_model, model.Write);
        _shelf.Drop(_checkpoint);
        return model;
    }

    // What somebody damaged, cannot be read, or was written by another version is made anew.
    private static TransformerText? Intact(Func<TransformerText> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
