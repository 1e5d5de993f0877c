namespace Vestige.Estimators.Points;

/// <summary>Documents that are one but for next to nothing: a generator that gave the same again, with a grey level of noise or coded anew.</summary>
internal static class Alike
{
    /// <summary>Numbers the documents, those that are alike with one number.</summary>
    /// <param name="values">(points, dimensions) points, whitened.</param>
    /// <param name="documentOf">(points) numbers of documents.</param>
    /// <param name="documents">One more than the highest number of a document.</param>
    /// <param name="square">Two documents are alike if they have as many points, and each point of one lies within the root of this of the same point of the
    /// other. 0 finds equal ones.</param>
    /// <returns>(documents) numbers from 0 in the order in which they first occur, and how many there are. A document without points has one that is not counted.</returns>
    /// <remarks>Where points are taken from depends on a picture alone, so that pictures which are alike have theirs in one order. Nearly all pairs are told
    /// apart by their first points. A document is of the first kind whose first document it is like: likeness that passed on would make one of a film, each
    /// of whose pictures is like the one before.</remarks>
    internal static (int[] Number, int Kinds) Find(ReadOnlySpan<float> values, ReadOnlySpan<int> documentOf, int documents, float square)
    {
        int d = documentOf.Length == 0 ? 0 : values.Length / documentOf.Length;
        int[] first = new int[documents + 1], order = new int[documentOf.Length];
        foreach (int document in documentOf) first[document + 1]++;
        for (int i = 0; i < documents; i++) first[i + 1] += first[i];
        int[] next = [.. first];
        for (int i = 0; i < order.Length; i++) order[next[documentOf[i]]++] = i;
        int[] number = new int[documents];
        List<int> kinds = [];
        for (int document = 0; document < documents; document++)
        {
            if (first[document + 1] == first[document]) continue;
            ReadOnlySpan<int> own = order.AsSpan(first[document]..first[document + 1]);
            int kind = 0;
            while (kind < kinds.Count && !AreAlike(values, own, order.AsSpan(first[kinds[kind]]..first[kinds[kind] + 1]), d, square)) kind++;
            if (kind == kinds.Count) kinds.Add(document);
            number[document] = kind;
        }
        return (number, kinds.Count);
    }

    private static bool AreAlike(ReadOnlySpan<float> values, ReadOnlySpan<int> a, ReadOnlySpan<int> b, int d, float square)
    {
        if (a.Length != b.Length || a.Length == 0) return false;
        for (int i = 0; i < a.Length; i++)
        {
            ReadOnlySpan<float> u = values.Slice(a[i] * d, d), v = values.Slice(b[i] * d, d);
            float sum = 0;
            for (int k = 0; k < d; k++)
            {
                float difference = u[k] - v[k];
                sum += difference * difference;
                if (sum > square) return false;
            }
        }
        return true;
    }
}
