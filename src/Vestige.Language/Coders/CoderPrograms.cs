using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Vestige.Audits.Documents;
using Vestige.Audits.Rates;
using Vestige.Compressors;
using Vestige.Figures;
using Vestige.Files;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Language.Coders;

/// <summary>The lossless coders found on the machine, beside the rows of an audit of text.</summary>
/// <remarks>Of a large sample the first bytes are taken, as many as every coder's window holds and the strongest codes in some ten seconds.</remarks>
public sealed partial class CoderPrograms : ICoderPeers<Passage>
{
    // Together no more than the window, so that all of T can help with H.
    private const int MostTraining = 2 << 20, MostHeldOut = 1 << 19;

    // Raised when a coder's setting changes.
    private const string Layout = "lossless coders 1";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly IReadOnlyList<CoderProgram> _coders;
    private readonly TimeSpan _limit;

    /// <summary>All that are known.</summary>
    public CoderPrograms() : this(CoderProgram.All, s_limit)
    {
    }

    internal CoderPrograms(IReadOnlyList<CoderProgram> coders, TimeSpan limit) => (_coders, _limit) = (coders, limit);

    /// <inheritdoc/>
    public CoderResults? Measure(IReadOnlyList<Entry<Passage>> training, IReadOnlyList<Entry<Passage>> heldOut, IJournal journal, int threads,
        IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(journal);
        (byte[] first, long ofTraining) = Start(training, MostTraining);
        (byte[] second, long ofHeldOut) = Start(heldOut, MostHeldOut);
        (CoderProgram Coder, string Program)[] found = [.. _coders.Select(coder => (coder, coder.Find()!)).Where(pair => pair.Item2 is not null)];
        if (found.Length == 0 || first.Length == 0 || second.Length == 0) return null;
        byte[] both = [.. first, .. second];
        var codes = new CoderResult[found.Length];
        int done = 0;
        Parallel.For(0, found.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, i =>
        {
            codes[i] = Code(found[i].Coder, found[i].Program, first, both, journal, cancel);
            progress?.Report(new WorkProgress("coding without loss", (double)Interlocked.Increment(ref done) / found.Length));
        });
        return new CoderResults
        {
            TrainingBytes = first.Length,
            OfTraining = ofTraining,
            HeldOutBytes = second.Length,
            OfHeldOut = ofHeldOut,
            Coders = codes,
        };
    }

    private CoderResult Code(CoderProgram coder, string program, byte[] first, byte[] both, IJournal journal, CancellationToken cancel)
    {
        string said = ProgramRun.Of(program, coder.Version, Path.GetTempPath(), _limit, cancel).Said;
        string? version = Number().Match(said) is { Success: true } match ? match.Value : null;
        long SizeOf(byte[] text)
        {
            UInt128 key = Key(coder, version, text);
            if (journal.Read(key) is { } known) return BinaryPrimitives.ReadInt64LittleEndian(known);
            long size = Coded(coder, program, text, cancel);
            byte[] record = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(record, size);
            journal.Write(key, record);
            return size;
        }

        try
        {
            long alone = SizeOf(first), together = SizeOf(both);
            static Figure Rate(long coded, long bytes) => new() { Value = 8.0 * coded / bytes, Unit = "bits/byte" };
            return new CoderResult
            {
                Name = coder.Name,
                Version = version,
                Training = Rate(alone, first.Length),
                HeldOut = Rate(together - alone, both.Length - first.Length),
                Together = Rate(together, both.Length),
            };
        }
        catch (IOException error)
        {
            Figure none = Figure.NotMeasurable($"{coder.Name} {error.Message}") with { Unit = "bits/byte" };
            return new CoderResult { Name = coder.Name, Version = version, Training = none, HeldOut = none, Together = none };
        }
    }

    private long Coded(CoderProgram coder, string program, byte[] text, CancellationToken cancel)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vestige-coder-");
        try
        {
            string input = Path.Combine(folder.FullName, CoderProgram.Input);
            File.WriteAllBytes(input, text);
            // Some coders store the time, and its bytes are coded too: the size must not depend on when this ran.
            File.SetLastWriteTimeUtc(input, DateTime.UnixEpoch.AddYears(30));
            if (ProgramRun.Of(program, coder.Arguments, folder.FullName, _limit, cancel).Fault is { } fault) throw new IOException(fault);
            var output = new FileInfo(Path.Combine(folder.FullName, coder.Output));
            return output.Exists ? output.Length : throw new IOException("wrote nothing");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The first bytes of documents, and how many they have in all.</summary>
    private static (byte[] Bytes, long Of) Start(IReadOnlyList<Entry<Passage>> documents, int most)
    {
        using var text = new MemoryStream();
        long all = 0;
        foreach (IReadOnlyList<Passage> passages in DocumentText.Read(documents))
        {
            foreach (Passage passage in passages)
            {
                all += passage.Length;
                text.Write(passage.Span[..(int)Math.Min(passage.Length, most - text.Length)]);
            }
        }
        return (text.ToArray(), all);
    }

    private static UInt128 Key(CoderProgram coder, string? version, byte[] text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in (string[])[Layout, coder.Name, version ?? "", .. coder.Arguments]) hash.AppendData(Encoding.UTF8.GetBytes(part + "\n"));
        hash.AppendData(text);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Number();
}
