using Vestige.Language.Views;

namespace Vestige.Language.Paired;

/// <summary>The words of a text and of its reconstruction, aligned: as many as can be in both in one order (the longest common subsequence; Wagner, Fischer 1974).</summary>
/// <remarks>Words as views read them, in lower case; one that a passage's end cuts counts too, for the other text is cut there likewise.</remarks>
internal sealed class WordAlignment
{
    private readonly List<ulong> _before = [], _after = [];
    private readonly List<(int Start, int End)> _placesBefore = [], _placesAfter = [];

    internal WordAlignment(ReadOnlySpan<byte> original, ReadOnlySpan<byte> reconstruction)
    {
        Words.Read(original, _before, _placesBefore, whole: true);
        Words.Read(reconstruction, _after, _placesAfter, whole: true);
    }

    /// <summary>Words of the original.</summary>
    internal int Original => _before.Count;

    /// <summary>Words of the reconstruction.</summary>
    internal int Reconstruction => _after.Count;

    /// <summary>Words that both have in one order.</summary>
    internal int Common()
    {
        int start = Shared(), end = SharedEnd(start);
        int[] line = new int[_after.Count - start - end + 1];
        for (int i = start; i < _before.Count - end; i++)
        {
            int diagonal = 0;
            for (int j = 1; j < line.Length; j++)
            {
                int above = line[j];
                line[j] = _before[i] == _after[start + j - 1] ? diagonal + 1 : Math.Max(above, line[j - 1]);
                diagonal = above;
            }
        }
        return start + end + line[^1];
    }

    /// <summary>Which words are in both, and where words stand. For texts to be shown: it takes memory for each pair of words.</summary>
    internal ((bool[] Kept, IReadOnlyList<(int Start, int End)> Places) Original, (bool[] Kept, IReadOnlyList<(int Start, int End)> Places) Reconstruction) Align()
    {
        int[,] common = new int[_before.Count + 1, _after.Count + 1];
        for (int i = _before.Count - 1; i >= 0; i--)
            for (int j = _after.Count - 1; j >= 0; j--)
                common[i, j] = _before[i] == _after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        bool[] before = new bool[_before.Count], after = new bool[_after.Count];
        for (int i = 0, j = 0; i < before.Length && j < after.Length;)
        {
            if (_before[i] == _after[j]) before[i++] = after[j++] = true;
            else if (common[i + 1, j] >= common[i, j + 1]) i++;
            else j++;
        }
        return ((before, _placesBefore), (after, _placesAfter));
    }

    private int Shared()
    {
        int shared = 0;
        while (shared < Math.Min(_before.Count, _after.Count) && _before[shared] == _after[shared]) shared++;
        return shared;
    }

    private int SharedEnd(int start)
    {
        int shared = 0;
        while (shared < Math.Min(_before.Count, _after.Count) - start && _before[^(shared + 1)] == _after[^(shared + 1)]) shared++;
        return shared;
    }
}
