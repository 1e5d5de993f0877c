using System.Globalization;
using Vestige.Compressors;
using Vestige.Language;
using Vestige.Language.Numerics;
using Vestige.Language.Registry;
using Vestige.Models.Gguf;
using Vestige.Models.Llama;
using Vestige.Numerics;

namespace Vestige.Models;

/// <summary>The distribution over passages that the model of a GGUF file and a way of drawing from it make, through llama.cpp.</summary>
/// <remarks>
/// It writes tokens. A passage's probability is that of its tokens as the model's own tokenizer makes them, each given those before it and the first
/// given BOS; other ways of writing the same bytes are not added. Rates are per byte of the passage.
/// </remarks>
public sealed class GgufText : ITextModel, ISymbolText, ITrainedElsewhere
{
    // Texts that are drawn together.
    private const int Chunk = 64;

    // Of a window half is what the other half is predicted from.
    private const int LeastContext = 2;

    private readonly LlamaModel _model;
    private readonly LlamaSettings _how;
    private readonly SamplingOptions _sampling;
    private readonly Lock _reading = new();
    private TokenReader? _reader;

    private GgufText(string name, LlamaModel model, LlamaSettings how, SamplingOptions sampling, int passageBytes, int context)
    {
        (Name, _model, _how, _sampling, PassageBytes, Context) = (name, model, how, sampling, passageBytes, context);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{_model.Description} of {_model.Parameters:N0} weights, {_model.Vocabulary.Count:N0} tokens, in GGUF");

    /// <summary>Length of the passages it draws, in bytes.</summary>
    public int PassageBytes { get; }

    /// <summary>Tokens of a window.</summary>
    public int Context { get; }

    /// <summary>Nothing: a GGUF file does not say what it was trained on.</summary>
    public IReadOnlyList<UInt128> Documents => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices
    {
        get
        {
            List<string> notices = [];
            LlamaVocabulary vocabulary = _model.Vocabulary;
            if (vocabulary.OpensWithEnd) notices.Add("has no token that begins a text (BOS): passages are read after the one that ends a text");
            // Of these UTF-8 never makes use.
            byte[] missing = [.. vocabulary.Missing.Where(b => b is not (0xC0 or 0xC1 or > 0xF4))];
            if (missing.Length > 0)
            {
                string some = string.Join(' ', missing.Take(4).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
                notices.Add($"has no token for {missing.Length} of 256 bytes by themselves ({some}{(missing.Length > 4 ? " ..." : "")}): "
                    + "a passage that needs one has probability 0");
            }
            return notices;
        }
    }

    /// <inheritdoc/>
    public long? DescriptionBytes => _model.Bytes;

    /// <inheritdoc/>
    public string Identity => _model.Hash;

    /// <inheritdoc/>
    public string Settings => string.Create(CultureInfo.InvariantCulture,
        $"{LlamaLibrary.Version()}; {_how}; windows of {Context} tokens, {_model.Together} together; threads: {_model.Threads}");

    /// <inheritdoc/>
    public string SymbolSet => _model.Vocabulary.Identity;

    /// <inheritdoc/>
    public string SymbolName => "token";

    /// <summary>Whether a file that starts so is of this kind.</summary>
    public static bool IsModel(ReadOnlySpan<byte> start) => GgufHeader.Is(start);

    /// <summary>Reads a file; it draws as it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">Tokens of a window; 0 for as many as the model was trained for, 1024 at most.</param>
    /// <exception cref="InvalidDataException">It cannot be used; the message names it and says why.</exception>
    public static GgufText Read(string path, int context = 0) => Read(path, LlamaSettings.Exact, context);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="how">What changes its logits.</param>
    /// <param name="context">Tokens of a window; 0 for as many as the model was trained for, 1024 at most.</param>
    /// <exception cref="InvalidDataException">It cannot be used; the message names it and says why.</exception>
    internal static GgufText Read(string path, LlamaSettings how, int context)
    {
        if (how is { PacksCache: true, Flash: false })
            throw new InvalidDataException($"{path}: cache={how.Cache} goes with flash attention only; add flash=true, or take cache=f32 or f16");
        LlamaModel model = LlamaModel.Read(path);
        // llama.cpp does not look, and ends the process.
        if (how.PacksCache && !model.HeadSizes.All(size => size is > 0 && size % LlamaSettings.Packed == 0))
        {
            string sizes = string.Join(" and ", model.HeadSizes.Distinct().Select(size => size?.ToString(CultureInfo.InvariantCulture) ?? "of no one size"));
            throw new InvalidDataException(
                $"{path}: cache={how.Cache} packs {LlamaSettings.Packed} numbers together, and the model's heads are {sizes} wide; take cache=f32 or f16");
        }
        if (context > model.MostContext)
            throw new InvalidDataException($"{path}: context={context} is more than the model was trained for, {model.MostContext} tokens; give at most that");
        if (context is > 0 and < LeastContext)
            throw new InvalidDataException($"{path}: context={context} holds nothing but what opens a text; give from {LeastContext} to {model.MostContext} tokens");
        if (model.MostContext < LeastContext)
            throw new InvalidDataException($"{path} was trained for a context of {model.MostContext} tokens, which holds nothing but what opens a text");
        return new GgufText(path, model, how, SamplingOptions.Plain, TextModelFile.PassageBytes, context == 0 ? Math.Min(model.MostContext, LlamaModel.DefaultContext) : context);
    }

    /// <inheritdoc/>
    public ITextModel Drawing(string name, SamplingOptions sampling, int passageBytes) => new GgufText(name, _model, _how, sampling, passageBytes, Context);

    /// <inheritdoc/>
    public void Write(Stream stream)
    {
        using FileStream file = File.OpenRead(_model.Path);
        file.CopyTo(stream);
    }

    /// <inheritdoc/>
    public ISymbolReader OpenSymbols() => new TokenReader(_model, _how, Context, new TokenSampling(_sampling));

    /// <inheritdoc/>
    public double Log2Probability(Passage item)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_reading)
        {
            _reader ??= new TokenReader(_model, _how, Context, new TokenSampling(_sampling));
            if (_reader.Begin(item.Bytes) is not { } count) return double.NegativeInfinity;
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> logits = _reader.Predict();
                sum += logits[_reader.Symbol] - Distributions.LogSumExp(logits);
            }
            return Math.Min(0, sum / Math.Log(2));
        }
    }

    /// <inheritdoc/>
    /// <remarks>A document is one passage: passages are drawn independently. Passage i is the same however many are drawn.</remarks>
    public IEnumerable<IReadOnlyList<Passage>> Sample(int units, ulong seed, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        for (int first = 0; first < units; first += Chunk)
        {
            byte[][] texts = Sample(Math.Min(Chunk, units - first), PassageBytes, default, seed, first, null, cancel);
            for (int i = 0; i < texts.Length; i++) yield return [new Passage(texts[i], $"{Name}, sample {first + i + 1}", 0)];
            progress?.Report(new WorkProgress($"sampling {Name}", (double)Math.Min(units, first + Chunk) / units));
        }
    }

    /// <inheritdoc/>
    public byte[][] Sample(int count, int length, ReadOnlyMemory<byte> prompt, ulong seed, long first, IProgress<double>? progress, CancellationToken cancel)
    {
        var drawer = new TokenDrawer(_model, _how, Context, new TokenSampling(_sampling));
        int[] tokens = TokensOf(prompt);
        byte[][] texts = new byte[count][];
        // Whole groups, so that a text does not depend on where the count begins or ends.
        for (long group = first / TokenDrawer.Lanes * TokenDrawer.Lanes; group < first + count; group += TokenDrawer.Lanes)
        {
            long from = group;
            byte[][] drawn = drawer.Draw([.. Enumerable.Repeat(tokens, TokenDrawer.Lanes)], prompt.Length == 0, length,
                [.. Enumerable.Range(0, TokenDrawer.Lanes).Select(i => Rng.Mix(seed, (ulong)(from + i)))], cancel);
            for (int i = 0; i < drawn.Length; i++)
                if (group + i >= first && group + i < first + count) texts[group + i - first] = drawn[i];
            progress?.Report(Math.Min(1, (double)(group + TokenDrawer.Lanes - first) / count));
        }
        return texts;
    }

    /// <inheritdoc/>
    /// <remarks>Token by token: the most probable token each time.</remarks>
    public byte[][] Complete(IReadOnlyList<ReadOnlyMemory<byte>> prefixes, int length, IProgress<double>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        var drawer = new TokenDrawer(_model, _how, Context, new TokenSampling(SamplingOptions.Greedy));
        List<byte[]> texts = [];
        foreach (ReadOnlyMemory<byte>[] group in prefixes.Chunk(TokenDrawer.Lanes))
        {
            texts.AddRange(drawer.Draw([.. group.Select(TokensOf)], false, length, new ulong[group.Length], cancel));
            progress?.Report((double)texts.Count / prefixes.Count);
        }
        return [.. texts];
    }

    private int[] TokensOf(ReadOnlyMemory<byte> text) => _model.Vocabulary.Tokens(text.Span)
        ?? throw new InvalidDataException($"{_model.Path}: the prompt holds a byte that the model's vocabulary cannot write; give another");
}
