using System.Text;
using System.Text.Unicode;
using LLama.Native;
using Vestige.Language;

namespace Vestige.Models.Llama;

/// <summary>The tokens of a model, as the bytes that they stand for.</summary>
internal sealed class LlamaVocabulary
{
    private readonly SafeLlamaModelHandle _model;
    private readonly byte[][] _pieces;
    private readonly int[] _byByte = new int[256];

    /// <exception cref="InvalidDataException">Nothing opens a text: the first token of a passage would have no probability.</exception>
    internal LlamaVocabulary(SafeLlamaModelHandle model)
    {
        _model = model;
        _pieces = new byte[model.Vocab.Count][];
        Span<byte> buffer = new byte[1 << 16];
        for (int i = 0; i < _pieces.Length; i++)
        {
            uint length = model.TokenToSpan(i, buffer, 0, special: false);
            _pieces[i] = length > buffer.Length ? [] : buffer[..(int)length].ToArray();
        }
        Array.Fill(_byByte, -1);
        for (int i = _pieces.Length - 1; i >= 0; i--)
            if (_pieces[i] is [var single]) _byByte[single] = i;
        LLamaToken? opening = model.Vocab.BOS ?? model.Vocab.EOS ?? model.Vocab.EOT;
        Opening = opening is { } token ? (int)token : throw new InvalidDataException("has no token that opens a text (BOS), nor one that ends it");
        OpensWithEnd = model.Vocab.BOS is null;
        PutsSpace = Join(Raw("a")) is [(byte)' ', (byte)'a'];
    }

    /// <summary>How many tokens.</summary>
    internal int Count => _pieces.Length;

    /// <summary>The token that stands before every text: BOS, or where there is none what ends one.</summary>
    internal int Opening { get; }

    /// <summary>Whether <see cref="Opening"/> is a token that ends texts.</summary>
    internal bool OpensWithEnd { get; }

    /// <summary>Whether it puts a space before every text: its first token then stands for one byte more than the text has.</summary>
    internal bool PutsSpace { get; }

    /// <summary>Bytes that no token stands for by itself, so that not every text can be written.</summary>
    internal IReadOnlyList<byte> Missing => [.. Enumerable.Range(0, 256).Where(b => _byByte[b] < 0).Select(b => (byte)b)];

    /// <summary>What a token stands for; nothing for what rules a text and is no part of it.</summary>
    internal ReadOnlySpan<byte> Piece(int token) => _pieces[token];

    /// <summary>Equal for models whose tokens are the same: positions of one can be held against those of the other.</summary>
    internal string Identity => SymbolSets.Of(_pieces);

    /// <summary>The tokens of a text as the model's own tokenizer makes them; of what is no UTF-8, or is not kept byte for byte, single bytes.</summary>
    /// <returns>Null where the text holds a byte that the vocabulary cannot write.</returns>
    internal int[]? Tokens(ReadOnlySpan<byte> text)
    {
        List<int> tokens = [];
        while (!text.IsEmpty)
        {
            int valid = ValidLength(text);
            if (valid > 0)
            {
                ReadOnlySpan<byte> run = text[..valid];
                int[] made = Raw(Encoding.UTF8.GetString(run));
                ReadOnlySpan<byte> joined = Join(made);
                bool same = joined.SequenceEqual(run) || (PutsSpace && joined is [(byte)' ', ..] && joined[1..].SequenceEqual(run));
                if (same) tokens.AddRange(made);
                else if (!AddBytes(tokens, run)) return null;
                text = text[valid..];
            }
            else
            {
                int invalid = 1;
                while (invalid < text.Length && ValidLength(text[invalid..]) == 0) invalid++;
                if (!AddBytes(tokens, text[..invalid])) return null;
                text = text[invalid..];
            }
        }
        return [.. tokens];
    }

    private int[] Raw(string text) => [.. _model.Tokenize(text, addBos: false, special: false, Encoding.UTF8).Select(token => (int)token)];

    private byte[] Join(IEnumerable<int> tokens) => [.. tokens.SelectMany(token => _pieces[token])];

    private bool AddBytes(List<int> tokens, ReadOnlySpan<byte> bytes)
    {
        foreach (byte single in bytes)
        {
            if (_byByte[single] < 0) return false;
            tokens.Add(_byByte[single]);
        }
        return true;
    }

    // How much of the start is UTF-8.
    private static int ValidLength(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text)) return text.Length;
        int at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out int length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }
}
