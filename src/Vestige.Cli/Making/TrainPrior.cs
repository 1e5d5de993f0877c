using System.Security.Cryptography;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Cli.Runs;
using Vestige.Files;
using Vestige.Images;
using Vestige.Images.Imagining;
using Vestige.Results;
using Vestige.Sources;

namespace Vestige.Cli.Making;

/// <summary><c>vestige train PHOTOS prior</c>: what pictures look like, for decoders that imagine.</summary>
internal static class TrainPrior
{
    internal const string Name = "prior";

    internal static int Run(Context context, SourceRequest request, string file)
    {
        string path = request.Path;
        using OutputPlace place = OutputPlace.File("--out", file, new Inputs([path]), OwnFile.Prior, makeFolder: false);
        byte[] prior;
        using (ProgressLine progress = context.Output.Progress())
        {
            ISource<Picture> source = ImageDomain.Create().Open(request with { Memory = new MemoryBudget(MemoryBudget.Default) }, progress, context.Cancel);
            try
            {
                prior = JpegImagination.LearnPrior([.. Enumerable.Range(0, source.Documents.Count).Select(i => new Entry<Picture>(source, i))], progress, context.Cancel);
            }
            catch (UnusableDocumentException e)
            {
                throw new DataException($"{path}: {e.Message}");
            }
            catch (OperationCanceledException)
            {
                throw new InterruptedException("interrupted; nothing was written");
            }
        }
        place.Write(prior);
        TextWriter results = context.Output.Results;
        results.WriteLine($"{Names.Printable(place.Path)}: {AuditTable.Size(prior.Length)}, what blocks of pictures look like");
        results.WriteLine("sha256 " + Convert.ToHexStringLower(SHA256.HashData(prior)));
        return ExitStatus.Done;
    }
}
