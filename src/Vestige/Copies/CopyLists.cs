using Vestige.Audits;

namespace Vestige.Copies;

/// <summary>The lists that a result is too small for: which items are near-copies, and what was copied from where.</summary>
internal static class CopyLists
{
    internal static void Write<TItem>(AuditRequest<TItem> request, IReadOnlyList<RowWork<TItem>> rows)
    {
        if (rows.Any(row => row.CopyItems.Count > 0)) request.Items?.Invoke(rows.SelectMany(row => row.CopyItems));
        request.Copies?.Invoke(rows.Where(row => row.Named).SelectMany(row => (row.Reading?.Copies ?? []).Concat(row.CopiedSpans)));
    }
}
