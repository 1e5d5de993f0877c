using System.Globalization;
using Parquet.Meta;
using Parquet.Schema;
using Vestige.Sources;

namespace Vestige.Language.Sources.Records;

/// <summary>A column of a Parquet file as a path leads to it.</summary>
/// <param name="Leaf">What is read.</param>
/// <param name="Role">Who speaks, beside it in every element; null where nothing says.</param>
/// <param name="Element">Number of the one element that is wanted of a list; null for all.</param>
internal sealed record ParquetColumn(DataField Leaf, DataField? Role, int? Element)
{
    /// <summary>Texts are read as the bytes that they are: the reader would put U+FFFD in place of what is none.</summary>
    internal static void ReadAsBytes(FileMetaData file)
    {
        foreach (SchemaElement element in file.Schema.Where(element => element.Type == Parquet.Meta.Type.BYTE_ARRAY))
        {
            bool isText = element.LogicalType is not { } type || type.STRING is not null || type.ENUM is not null || type.JSON is not null;
            if (isText && element.ConvertedType is null or ConvertedType.UTF8 or ConvertedType.ENUM or ConvertedType.JSON)
                (element.LogicalType, element.ConvertedType) = (null, null);
        }
    }

    /// <summary>Finds a column.</summary>
    /// <param name="schema">Of the file, with texts as bytes.</param>
    /// <param name="path">A name, or the way to it: <c>messages[].content</c>.</param>
    /// <param name="option">What the user says it with.</param>
    /// <exception cref="UnusableDocumentException">There is none, or it holds no text; the message names those that do.</exception>
    internal static ParquetColumn Find(ParquetSchema schema, FieldPath path, string option)
    {
        string[] texts = [.. schema.Fields.SelectMany(field => Texts(field, field.Name))];
        ParquetColumn? found = null;
        Field? stands = schema.Fields.FirstOrDefault(field => field.Name == path.Text);
        if (stands is DataField whole) found = new ParquetColumn(whole, null, null);
        stands ??= schema.Fields.FirstOrDefault(field => field.Name == path.Steps[0]);
        if (found is null && stands is not null) found = Walk(stands, path.Steps, 1, null, null);
        if (found is null)
        {
            string[] within = stands is null or DataField ? [] : [.. Texts(stands, stands.Name)];
            throw within.Length > 0
                ? new UnusableDocumentException($"has a column \"{stands!.Name}\" with columns within it, no text; its texts are {string.Join(", ", within)}. "
                    + $"Say {option} {within[0]}")
                : FoundRecord.NoColumn(path.Text, texts, option);
        }
        if (!IsText(found.Leaf))
            throw new UnusableDocumentException($"has a column \"{path.Text}\" of {found.Leaf.ClrType.Name}, which is no text; those that are: "
                + (texts.Length == 0 ? "none" : string.Join(", ", texts.Select(text => $"\"{text}\""))));
        return found.Element is not null && found.Leaf.MaxRepetitionLevel > 1
            ? throw new UnusableDocumentException($"has lists within lists in \"{path.Text}\": of those one element cannot be named; say [] for all")
            : found;
    }

    private static bool IsText(DataField leaf) => leaf.ClrType == typeof(byte[]) || leaf.ClrType == typeof(ReadOnlyMemory<byte>);

    private static ParquetColumn? Walk(Field field, IReadOnlyList<string> steps, int step, StructField? around, int? element)
    {
        if (field is DataField leaf)
        {
            bool every = step < steps.Count && steps[step] == FieldPath.Every && leaf.IsArray;
            if (step + (every ? 1 : 0) != steps.Count) return null;
            bool isTurn = around is not null && steps.Count > 2 && steps[^2] == FieldPath.Every;
            DataField? role = !isTurn ? null : Turns.RoleFields.ToArray().Select(name => around!.Fields.FirstOrDefault(f => f.Name == name)).OfType<DataField>()
                .FirstOrDefault(f => f != leaf && IsText(f) && f.MaxRepetitionLevel == leaf.MaxRepetitionLevel);
            return new ParquetColumn(leaf, role, element);
        }
        if (step >= steps.Count) return null;
        switch (field)
        {
            case StructField structure:
                return structure.Fields.FirstOrDefault(child => child.Name == steps[step]) is { } child ? Walk(child, steps, step + 1, structure, element) : null;
            case ListField list:
                if (steps[step] == FieldPath.Every) return Walk(list.Item, steps, step + 1, null, element);
                return int.TryParse(steps[step], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && element is null
                    ? Walk(list.Item, steps, step + 1, null, number) : null;
            default:
                return null;
        }
    }

    /// <summary>The ways to everything that holds text.</summary>
    private static IEnumerable<string> Texts(Field field, string path) => field switch
    {
        DataField leaf => IsText(leaf) ? [leaf.IsArray ? path + FieldPath.Every : path] : [],
        StructField structure => structure.Fields.SelectMany(child => Texts(child, $"{path}.{child.Name}")),
        ListField list => Texts(list.Item, path + FieldPath.Every),
        _ => [],
    };
}
