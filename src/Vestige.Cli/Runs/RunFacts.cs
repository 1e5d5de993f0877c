using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Vestige.Audits;
using Vestige.Files;
using Vestige.Images;
using Vestige.Language;
using Vestige.Models;
using Vestige.Sources;

namespace Vestige.Cli.Runs;

/// <summary>What a source is.</summary>
/// <param name="Documents">How many it has.</param>
/// <param name="Digest">Of their names and contents.</param>
internal sealed record SourceFacts(int Documents, string Digest)
{
    /// <summary>Names and contents of all documents of some sources.</summary>
    internal static SourceFacts Of<TItem>(IReadOnlyList<ISource<TItem>> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] head = new byte[24];
        foreach (ISource<TItem> source in sources)
        {
            foreach (Document document in source.Documents)
            {
                byte[] name = Encoding.UTF8.GetBytes(document.Name);
                BinaryPrimitives.WriteUInt128LittleEndian(head, document.Content);
                BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(16), name.Length);
                hash.AppendData(head);
                hash.AppendData(name);
            }
        }
        return new SourceFacts(sources.Sum(source => source.Documents.Count), Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)));
    }
}

/// <summary>What a run's figures depend on beside its settings: processes that differ in it do not work at one plan.</summary>
/// <param name="Source">What is read.</param>
/// <param name="Code">Names and versions of the code.</param>
internal sealed record RunFacts(SourceFacts Source, IReadOnlyDictionary<string, string> Code)
{
    private static readonly Type[] s_projects = [typeof(Audit), typeof(MemoryBudget), typeof(Picture), typeof(Passage), typeof(GgufText), typeof(RunFacts)];

    /// <param name="sources">What is read.</param>
    /// <param name="reading">How it is read, and versions of what reads it.</param>
    /// <param name="compressors">Version of the code behind each compressor.</param>
    internal static RunFacts Of<TItem>(IReadOnlyList<ISource<TItem>> sources, string reading, IReadOnlyDictionary<string, string> compressors)
    {
        var code = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["vestige"] = Audit.ThisVersion,
            ["build"] = string.Join('-', s_projects.Select(type => type.Module.ModuleVersionId.ToString("n")[..6])),
            [".NET"] = Environment.Version.ToString(),
            ["processor"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["reading"] = reading,
        };
        foreach ((string name, string version) in compressors) code["code of " + name] = version;
        return new RunFacts(SourceFacts.Of(sources), code);
    }
}
