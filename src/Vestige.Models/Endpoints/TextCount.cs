using Vestige.Results;

namespace Vestige.Models.Endpoints;

/// <summary>Counts requests for a text, and those that were answered without one.</summary>
internal sealed class TextCount
{
    private readonly HashSet<string> _asked = [];
    private readonly List<string> _without = [];
    private string? _first;

    /// <summary>What came of all of them; null before the first.</summary>
    internal AnswerReport? Report => _asked.Count == 0 ? null : new AnswerReport(_asked.Count, _without.Count, _first);

    /// <summary>Requests that were answered without a text.</summary>
    internal IReadOnlyList<string> Without => _without;

    /// <summary>Counts a part of a text; a request that is made again is not counted again.</summary>
    /// <param name="body">What was asked.</param>
    /// <param name="written">What came of it.</param>
    /// <param name="isFirst">Whether nothing came before it: after that, a text that has ended has no more, and only what a filter took out is missing.</param>
    internal void Add(string body, WrittenText written, bool isFirst)
    {
        if (!_asked.Add(body) || written.Text.Length > 0 || (!isFirst && written.Reason != Completion.FilterReason)) return;
        _without.Add(body);
        _first ??= Names.Printable(written.Reason ?? "");
    }

    /// <summary>Counts from 0.</summary>
    internal void Clear()
    {
        _asked.Clear();
        _without.Clear();
        _first = null;
    }
}
