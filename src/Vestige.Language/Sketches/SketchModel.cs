using Vestige.Language.CodedFiles;

namespace Vestige.Language.Sketches;

/// <summary>All that must be known to read sketches and to say the rest: the pieces, what follows what in texts, and what follows what in sketches.</summary>
internal sealed class SketchModel
{
    internal SketchModel(Vocabulary vocabulary, Trigrams texts, Company company, TrigramCounts sketches)
    {
        (Vocabulary, Texts, Company) = (vocabulary, texts, company);
        Sketches = new Trigrams(sketches, texts.One);
        Coder = new SketchCoder(vocabulary, Sketches, new Spelling(vocabulary));
    }

    internal Vocabulary Vocabulary { get; }

    internal Trigrams Texts { get; }

    internal Company Company { get; }

    internal Trigrams Sketches { get; }

    internal SketchCoder Coder { get; }

    /// <summary>Writes it: what can be told from it alone is all that decoding needs.</summary>
    internal void Write(Stream stream)
    {
        using var plain = new MemoryStream();
        using (var writer = new BinaryWriter(plain, System.Text.Encoding.ASCII, leaveOpen: true))
        {
            writer.Write7BitEncodedInt(Vocabulary.Pieces.Count);
            ReadOnlySpan<byte> before = default;
            foreach (byte[] piece in Vocabulary.Pieces)
            {
                int shared = before.CommonPrefixLength(piece);
                writer.Write7BitEncodedInt(shared);
                writer.Write7BitEncodedInt(piece.Length - shared);
                writer.Write(piece, shared, piece.Length - shared);
                before = piece;
            }
            Write(writer, Texts.Counts);
            Write(writer, Company);
            Write(writer, Sketches.Counts);
        }
        plain.Position = 0;
        // Small numbers in a regular order: a learner makes of them a third of what they are.
        CodedFile.Encode(plain, plain.Length, stream, TextCoding.OfLearner("ppm:order=4,memory=256")!, null, CancellationToken.None);
    }

    /// <summary>Reads what <see cref="Write(Stream)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    internal static SketchModel Read(Stream stream)
    {
        using var plain = new MemoryStream();
        CodedFile.Decode(stream, plain, null, null, CancellationToken.None);
        plain.Position = 0;
        using var reader = new BinaryReader(plain);
        byte[][] pieces = new byte[reader.Read7BitEncodedInt()][];
        for (int i = 0; i < pieces.Length; i++)
        {
            int shared = reader.Read7BitEncodedInt();
            pieces[i] = [.. i > 0 ? pieces[i - 1].AsSpan(0, shared) : default, .. reader.ReadBytes(reader.Read7BitEncodedInt())];
        }
        var vocabulary = new Vocabulary(pieces);
        TrigramCounts counts = ReadCounts(reader);
        var texts = new Trigrams(counts, null, vocabulary.SpaceOf(counts.Ones));
        Company company = ReadCompany(reader, texts.Counts.Ones);
        return new SketchModel(vocabulary, texts, company, ReadCounts(reader));
    }

    private static void Write(BinaryWriter writer, TrigramCounts counts)
    {
        foreach (double discount in counts.Discounts) writer.Write(discount);
        writer.Write7BitEncodedInt(counts.Ones.Length);
        foreach (int count in counts.Ones) writer.Write7BitEncodedInt(count);
        foreach (TrigramCounts.Table table in new[] { counts.Pairs, counts.Triples })
        {
            writer.Write7BitEncodedInt(table.Contexts.Length);
            ulong context = 0;
            for (int row = 0; row < table.Contexts.Length; row++)
            {
                writer.Write7BitEncodedInt64((long)(table.Contexts[row] - context));
                context = table.Contexts[row];
                writer.Write7BitEncodedInt(table.Starts[row + 1] - table.Starts[row]);
                writer.Write7BitEncodedInt(table.Totals[row]);
                int symbol = 0;
                for (int i = table.Starts[row]; i < table.Starts[row + 1]; i++)
                {
                    writer.Write7BitEncodedInt(table.Symbols[i] - symbol);
                    writer.Write7BitEncodedInt(table.Counts[i]);
                    symbol = table.Symbols[i];
                }
            }
        }
    }

    private static void Write(BinaryWriter writer, Company company)
    {
        writer.Write7BitEncodedInt64(company.Occasions);
        writer.Write7BitEncodedInt(company.Pairs.Length);
        ulong before = 0;
        foreach ((ulong pair, int count) in company.Pairs)
        {
            (uint first, uint second, bool isNew) = ((uint)(pair >> 32), (uint)pair, pair >> 32 != before >> 32);
            writer.Write7BitEncodedInt((int)(first - (uint)(before >> 32)));
            writer.Write7BitEncodedInt((int)(isNew ? second : second - (uint)before));
            writer.Write7BitEncodedInt(count);
            before = pair;
        }
    }

    private static Company ReadCompany(BinaryReader reader, int[] ones)
    {
        long occasions = reader.Read7BitEncodedInt64();
        var pairs = new (ulong, int)[reader.Read7BitEncodedInt()];
        ulong before = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            uint step = (uint)reader.Read7BitEncodedInt(), second = (uint)reader.Read7BitEncodedInt();
            before = step > 0 ? (((before >> 32) + step) << 32) | second : before + second;
            pairs[i] = (before, reader.Read7BitEncodedInt());
        }
        return new Company(pairs, ones, occasions);
    }

    private static TrigramCounts ReadCounts(BinaryReader reader)
    {
        double[] discounts = [reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()];
        int[] ones = new int[reader.Read7BitEncodedInt()];
        for (int i = 0; i < ones.Length; i++) ones[i] = reader.Read7BitEncodedInt();
        return TrigramCounts.Restored(ones, ReadTable(reader), ReadTable(reader), discounts);
    }

    private static TrigramCounts.Table ReadTable(BinaryReader reader)
    {
        ulong[] contexts = new ulong[reader.Read7BitEncodedInt()];
        int[] totals = new int[contexts.Length], starts = new int[contexts.Length + 1];
        List<int> symbols = [], counts = [];
        ulong context = 0;
        for (int row = 0; row < contexts.Length; row++)
        {
            contexts[row] = context += (ulong)reader.Read7BitEncodedInt64();
            starts[row + 1] = starts[row] + reader.Read7BitEncodedInt();
            totals[row] = reader.Read7BitEncodedInt();
            int symbol = 0;
            while (symbols.Count < starts[row + 1])
            {
                symbols.Add(symbol += reader.Read7BitEncodedInt());
                counts.Add(reader.Read7BitEncodedInt());
            }
        }
        return new TrigramCounts.Table(contexts, starts, totals, [.. symbols], [.. counts]);
    }
}
