using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Vestige.Compressors;

namespace Vestige.Models.Endpoints;

/// <summary>Answers by what was asked: nothing is asked twice, in one run or, where there is a folder, in the next.</summary>
/// <param name="shelf">Where they are kept; null for memory alone.</param>
internal sealed class AnswerLog(IShelf? shelf)
{
    private readonly ConcurrentDictionary<string, string> _answers = new();

    /// <summary>The name of a request: a hash of where and what is asked.</summary>
    internal static string NameOf(string url, string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url + "\n" + body)).AsSpan(0, 16));

    /// <summary>The answer to a request; null where there is none yet.</summary>
    internal string? Find(string name)
    {
        if (_answers.TryGetValue(name, out string? known)) return known;
        if (shelf?.Find(FileOf(name)) is not { } path) return null;
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an answer.</summary>
    internal void Keep(string name, string answer)
    {
        // In memory only where nowhere else: answers are many.
        if (shelf is null) _answers[name] = answer;
        else shelf.Keep(FileOf(name), stream => stream.Write(Encoding.UTF8.GetBytes(answer)));
    }

    /// <summary>Forgets an answer: the request is made again.</summary>
    internal void Drop(string name)
    {
        _answers.TryRemove(name, out _);
        shelf?.Drop(FileOf(name));
    }

    private static string FileOf(string name) => $"answer-{name}.json";
}
