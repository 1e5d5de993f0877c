using System.Text;
using System.Text.Json;

namespace Vestige.Models.Endpoints;

/// <summary>A text as a server cuts it.</summary>
/// <param name="Ids">Its tokens, those that open a text first.</param>
/// <param name="Openers">How many of them open a text and are no part of it.</param>
/// <param name="Pieces">Bytes that each of the others stands for, in the text.</param>
internal sealed record TokenizedText(int[] Ids, int Openers, byte[][] Pieces);

/// <summary>Asks a server how it cuts a text, which is beside the OpenAI protocol: as llama-server answers, with each token's number and its bytes.</summary>
/// <remarks>With the numbers a prompt is exactly the tokens that a text has so far. Without them, a text that is cut anywhere is read anew by the server,
/// which may cut it otherwise.</remarks>
internal sealed class EndpointTokenizer(EndpointClient client, EndpointRequests requests)
{
    // One is usual; some vocabularies have two.
    private const int MostOpeners = 2;

    // Found out with the first text; then it does not change within a run.
    private bool? _offered;

    /// <summary>The tokens of a text.</summary>
    /// <returns>Null where the server does not say them, or not so that they are the text.</returns>
    internal TokenizedText? Cut(string text, CancellationToken cancel)
    {
        if (_offered == false) return null;
        TokenizedText? cut;
        try
        {
            cut = client.Ask(EndpointRequests.Tokenize, requests.TokensOf(text), 0, answer => Read(answer, Encoding.UTF8.GetBytes(text)), cancel);
        }
        catch (EndpointException) when (_offered is null)
        {
            // A server that is down says so at the next request, which no audit can do without.
            cut = null;
        }
        _offered ??= cut is not null;
        return cut;
    }

    /// <summary>Asks no more.</summary>
    internal void Forget() => _offered = false;

    private static TokenizedText? Read(JsonElement answer, byte[] text)
    {
        if (!answer.TryGetProperty("tokens", out JsonElement tokens) || tokens.ValueKind != JsonValueKind.Array) return null;
        List<int> ids = [];
        List<byte[]> pieces = [];
        foreach (JsonElement token in tokens.EnumerateArray())
        {
            if (token.ValueKind != JsonValueKind.Object || !token.TryGetProperty("id", out JsonElement id) || !id.TryWhole(out int number)
                || !token.TryGetProperty("piece", out JsonElement piece) || Bytes(piece) is not { } bytes) return null;
            ids.Add(number);
            pieces.Add(bytes);
        }
        for (int openers = 0; openers <= Math.Min(MostOpeners, pieces.Count); openers++)
        {
            byte[][] own = [.. pieces.Skip(openers)];
            if (Joined(own, text)) return new TokenizedText([.. ids], openers, own);
            // A space that a vocabulary puts before every text is no part of it.
            if (own.Length == 0 || own[0] is not [(byte)' ', ..]) continue;
            own[0] = own[0][1..];
            if (Joined(own, text)) return new TokenizedText([.. ids], openers, own);
        }
        return null;
    }

    private static bool Joined(byte[][] pieces, byte[] text) => pieces.SelectMany(piece => piece).SequenceEqual(text);

    /// <summary>A text, or the bytes of a part of a character.</summary>
    private static byte[]? Bytes(JsonElement piece) => piece.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(piece.GetString()!) : piece.ToBytes();
}
