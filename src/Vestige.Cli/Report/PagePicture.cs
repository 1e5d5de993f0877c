namespace Vestige.Cli.Report;

/// <summary>Pictures made small enough to stand in a page.</summary>
/// <param name="Files">One for each picture given, of one size.</param>
/// <param name="MediaType">"image/webp".</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Remark">What of them is not shown, or null.</param>
internal sealed record FittedPictures(IReadOnlyList<byte[]> Files, string MediaType, int Width, int Height, string? Remark);

/// <summary>Makes pictures that are compared with each other fit into about so many bytes together; null where they cannot.</summary>
/// <param name="files">The pictures.</param>
/// <param name="exact">So many of them, the first, are kept without loss; the others are maps.</param>
/// <param name="bytes">About how many they may take together.</param>
internal delegate FittedPictures? FitPictures(IReadOnlyList<byte[]> files, int exact, int bytes);
