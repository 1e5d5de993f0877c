using System.Globalization;
using Vestige.Compressors;
using Vestige.Images;
using Vestige.Images.Codecs;
using Vestige.Images.Paired;
using Vestige.Images.Planes;
using Vestige.Images.Sources;
using Vestige.Specs;

namespace Vestige.Benchmarks;

/// <summary>Photographs beside each other and beside their own worst codings, for docs/method.md: what the shift says of them.</summary>
internal static class LikenessFigures
{
    private static readonly string[] s_codecs = ["jpeg:q=1", "jpeg:q=5", "webp:q=0", "avif:effort=0,q=1", "jp2:q=15", "jxl:effort=3,q=5", "nearest:scale=8"];

    /// <param name="folders">Photographs.</param>
    internal static void Run(IReadOnlyList<string> folders)
    {
        PictureFile[] photos = [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)).Select(path => PictureFile.Read(path))];
        Plane[] planes = [.. photos.Select(photo => Luma.Of(photo.Picture))];
        Parallel.For(0, photos.Length, i =>
        {
            // Ten others of the same size.
            int[] others = [.. Enumerable.Range(1, photos.Length - 1).Select(step => (i + (step * 7)) % photos.Length).Where(j => j != i
                && (planes[j].Width, planes[j].Height) == (planes[i].Width, planes[i].Height)).Distinct().Take(10)];
            foreach (int j in others) Print("other", photos[i].Name, photos[j].Name, GlobalShift.Of(planes[i], planes[j]));
            foreach (Spec spec in s_codecs.SelectMany(c => Spec.Parse(c, PictureCompressors.Rows)))
            {
                var codec = (ICodec<Picture>)((CompressorRow<Picture>)spec.Row).Create(spec).Compress(null!, null, default);
                Print("own", photos[i].Name, spec.Name, GlobalShift.Of(planes[i], Luma.Of(codec.Code(photos[i].Picture).Reconstruction)));
            }
        });

        void Print(string kind, string name, string beside, GlobalShift shift)
        {
            lock (photos)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{kind}\t{Path.GetFileName(name)}\t{Path.GetFileName(beside)}\t{shift.Likeness:0.000}\t{shift.IsOther}\t{shift.X:0.0}\t{shift.Y:0.0}"));
        }
    }
}
