using Parquet;
using Parquet.Schema;

namespace Vestige.Tests.Language.Sources;

/// <summary>Small Parquet files for tests.</summary>
internal static class ParquetFile
{
    /// <summary>A file with a number and texts, some of them null; rows of a group at a time.</summary>
    internal static byte[] Of(string column, IReadOnlyList<string?> texts, int rowGroup = int.MaxValue, CompressionMethod compression = CompressionMethod.Snappy)
    {
        var number = new DataField<int>("id");
        var text = new DataField<string>(column);
        var author = new DataField<string>("author");
        using var stream = new MemoryStream();
        using (var writer = new Writing(new ParquetSchema(number, text, author), stream, compression))
        {
            for (int from = 0; from < texts.Count; from += Math.Min(rowGroup, texts.Count))
            {
                string?[] part = [.. texts.Skip(from).Take(rowGroup)];
                using ParquetRowGroupWriter rows = writer.Rows();
                Wait(rows.WriteAsync<int>(number, Enumerable.Range(from, part.Length).ToArray()));
                Wait(rows.WriteAsync(text, part));
                Wait(rows.WriteAsync(author, [.. part.Select((_, i) => "author " + ((from + i) % 3))]));
            }
        }
        return stream.ToArray();
    }

    /// <summary>A file of talks: a list of (role, content) a row.</summary>
    internal static byte[] OfTalks(IReadOnlyList<IReadOnlyList<(string? Role, string? Content)>> talks)
    {
        DataField role = new DataField<string>("role"), content = new DataField<string>("content");
        var schema = new ParquetSchema(new ListField("messages", new StructField("element", role, content)));
        using var stream = new MemoryStream();
        using (var writer = new Writing(schema, stream, CompressionMethod.Zstd))
        {
            using ParquetRowGroupWriter rows = writer.Rows();
            foreach (DataField field in schema.DataFields)
            {
                // Written as levels: what is there has the leaf's own, a null one less, an empty list two more less.
                List<ReadOnlyMemory<char>> values = [];
                List<int> defined = [], repeated = [];
                foreach (IReadOnlyList<(string? Role, string? Content)> talk in talks)
                {
                    if (talk.Count == 0)
                    {
                        defined.Add(1);
                        repeated.Add(0);
                    }
                    for (int i = 0; i < talk.Count; i++)
                    {
                        string? value = field.Name == "role" ? talk[i].Role : talk[i].Content;
                        if (value is not null) values.Add(value.AsMemory());
                        defined.Add(value is null ? field.MaxDefinitionLevel - 1 : field.MaxDefinitionLevel);
                        repeated.Add(i == 0 ? 0 : 1);
                    }
                }
                Wait(rows.WriteAllPartsAsync<ReadOnlyMemory<char>>(field, values.ToArray(), defined.ToArray(), repeated.ToArray(), CancellationToken.None));
            }
        }
        return stream.ToArray();
    }

    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private sealed class Writing : IDisposable
    {
        private readonly ParquetWriter _writer;

        internal Writing(ParquetSchema schema, Stream stream, CompressionMethod compression) =>
            _writer = ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = compression }).GetAwaiter().GetResult();

        internal ParquetRowGroupWriter Rows() => _writer.CreateRowGroup();

        public void Dispose() => _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
