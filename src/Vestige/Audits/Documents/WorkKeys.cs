using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Vestige.Compressors;
using Vestige.Pairs;
using Vestige.Sources;
using Vestige.Specs;
using Vestige.Views;

namespace Vestige.Audits.Documents;

/// <summary>Names each piece of work by all that its result depends on, so that what is found in a journal can be taken as done.</summary>
/// <remarks>
/// A document is its content, its name and the way it was read; a row its name and the version of what is behind
/// it. The module of whatever code is involved stands for its version: another build of it, and the work is done again.
/// </remarks>
/// <param name="reading">What else decides which items a file holds: options of reading, versions of decoders.</param>
/// <param name="versions">Version of the code behind each compressor, by the name before its options.</param>
internal sealed class WorkKeys<TItem>(string reading, IReadOnlyDictionary<string, string> versions)
{
    // Raised when the layout of records changes.
    private const string Layout = "2";

    /// <summary>A document as it is read.</summary>
    /// <param name="entry">The document.</param>
    /// <param name="number">Its number in this audit, which stands for its content where that has no hash: such keys are for this audit alone.</param>
    internal UInt128 Document(Entry<TItem> entry, int number)
    {
        Document info = entry.Info;
        string content = info.Content == 0 ? $"unhashed {number}" : info.Content.ToString("x32", null);
        return Hash("document", Layout, content, info.Name, reading, Build(entry.Source));
    }

    internal UInt128 Row(string name, ICompressed<TItem> compressed) => Hash(
        "row", name, versions.GetValueOrDefault(WrittenSpec.Of(name).Name, ""), Build(compressed), (compressed as IIdentified)?.Identity ?? "");

    internal static UInt128 Pairing(IPairing<TItem> pairing) => Hash("pairing", Build(pairing));

    internal static UInt128 View(IView<TItem> view) => Hash("view", view.Name, Build(view), Build(typeof(ViewRecord)));

    /// <summary>The key of what is known of a document; with a row, of its reconstruction; with a view, of what was seen, of which so many atoms were kept.</summary>
    internal static UInt128 Of(UInt128 document, UInt128 row = default, UInt128 view = default, int atoms = 0)
    {
        Span<byte> bytes = stackalloc byte[52];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, document);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[16..], row);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[32..], view);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[48..], atoms);
        return Truncate(SHA256.HashData(bytes));
    }

    /// <summary>The build of the code behind something.</summary>
    internal static string Build(object code) => Build(code.GetType());

    private static string Build(Type type) => type.Assembly.ManifestModule.ModuleVersionId.ToString();

    private static UInt128 Hash(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (string part in parts) text.Append(part.Length).Append(' ').Append(part);
        return Truncate(SHA256.HashData(Encoding.Unicode.GetBytes(text.ToString())));
    }

    private static UInt128 Truncate(byte[] hash) => BinaryPrimitives.ReadUInt128LittleEndian(hash);
}
