using Vestige.Files;
using Vestige.Sources;

namespace Vestige.Images.Sources;

/// <summary>What a picture takes of memory while it is worked on, by estimate from its header.</summary>
/// <remarks>Measured with bench/memory.sh: the lossless encoder takes 70 bytes a pixel while it runs, the picture, its reconstruction and what is
/// kept of the original for its measures 30, other decoders' own buffers no more than the encoder's.</remarks>
internal static class PictureCost
{
    /// <summary>Bytes a pixel of all that is done with a picture.</summary>
    internal const int Worked = 100;

    /// <summary>Bytes a pixel of decoding it and reducing it.</summary>
    internal const int Decoded = 12;

    /// <summary>What a file will take.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="scale">By how much it is reduced before it is worked on.</param>
    /// <param name="budget">What there is.</param>
    /// <exception cref="UnusableDocumentException">That is more than there is, or the file cannot hold the picture that it states; the message names no file.</exception>
    internal static long Of(byte[] file, Ratio scale, MemoryBudget budget)
    {
        (int width, int height) = PictureReader.Size(file);
        double pixels = (double)width * height, part = (double)scale.Numerator / scale.Denominator;
        double bytes = file.Length + (scale == Ratio.One ? Worked * pixels : (Decoded + (Worked * part * part)) * pixels);
        if (bytes > budget.Total) throw TooLarge($"{width} x {height} pixels", bytes, budget);
        return (long)bytes;
    }

    /// <summary>What is said of a file that does not fit alone.</summary>
    internal static UnusableDocumentException TooLarge(string what, double bytes, MemoryBudget budget) =>
        new($"has {what}, which take about {MemoryBudget.Words(bytes)} of memory; --memory is {MemoryBudget.Words(budget.Total)}: give more, or reduce the image");
}
