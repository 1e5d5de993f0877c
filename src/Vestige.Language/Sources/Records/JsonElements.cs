using Vestige.Sources;

namespace Vestige.Language.Sources.Records;

/// <summary>Cuts a stream of JSON into records: the elements of an array, or values one after the other. Of no record more than
/// <see cref="JsonRecords.LongestLine"/> is held in memory; what it holds is looked at by <see cref="JsonRecords"/>.</summary>
internal static class JsonElements
{
    /// <summary>The elements with their numbers, from 1. One too long is given as its first <see cref="JsonRecords.LongestLine"/> + 1 bytes.</summary>
    /// <exception cref="UnusableDocumentException">The array does not end.</exception>
    internal static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Of(Stream stream)
    {
        byte[] buffer = new byte[1 << 17];
        int start = -1, at = 0, end = 0, number = 1, depth = 0;
        bool inArray = false, begun = false, inString = false, escaped = false, skipping = false;
        while (true)
        {
            for (; at < end; at++)
            {
                byte c = buffer[at];
                if (start < 0)
                {
                    if (c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',') continue;
                    if (!begun && c == (byte)'[')
                    {
                        (begun, inArray) = (true, true);
                        continue;
                    }
                    if (inArray && c == (byte)']')
                    {
                        inArray = false;
                        continue;
                    }
                    (begun, start, depth, inString, escaped, skipping) = (true, at, 0, false, false, false);
                }
                bool ends = false, with = true;
                if (inString)
                {
                    if (escaped) escaped = false;
                    else if (c == (byte)'\\') escaped = true;
                    else if (c == (byte)'"') (inString, ends) = (false, depth == 0);
                }
                else if (c == (byte)'"')
                {
                    inString = true;
                }
                else if (c is (byte)'{' or (byte)'[')
                {
                    depth++;
                }
                else if (c is (byte)'}' or (byte)']')
                {
                    if (depth > 0) ends = --depth == 0;
                    else (ends, with) = (true, !(inArray && c == (byte)']'));
                }
                else if (depth == 0 && c is (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
                {
                    (ends, with) = (depth == 0, false);
                }
                if (!ends) continue;
                if (!skipping) yield return (number, buffer.AsMemory(start, at + (with ? 1 : 0) - start));
                number++;
                start = -1;
                if (!with) at--;
            }
            int keep = start < 0 ? end : start;
            if (start >= 0 && end - start > JsonRecords.LongestLine)
            {
                if (!skipping) yield return (number, buffer.AsMemory(start, JsonRecords.LongestLine + 1));
                skipping = true;
                keep = end;
            }
            buffer.AsSpan(keep, end - keep).CopyTo(buffer);
            (at, end) = (at - keep, end - keep);
            if (start >= 0) start = 0;
            if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            int read = stream.Read(buffer.AsSpan(end));
            if (read == 0) break;
            end += read;
        }
        if (start >= 0 && !skipping) yield return (number, buffer.AsMemory(start, end - start));
        if (inArray) throw new UnusableDocumentException("ends inside its array: it was cut off");
    }
}
