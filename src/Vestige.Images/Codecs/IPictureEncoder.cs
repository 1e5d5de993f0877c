using Vestige.Compressors;
using Vestige.Sources;

namespace Vestige.Images.Codecs;

/// <summary>A codec whose coded image is a file that others can read.</summary>
internal interface IPictureEncoder
{
    /// <summary>The file.</summary>
    /// <exception cref="UnusableDocumentException">The codec cannot take the picture.</exception>
    byte[] Encode(Picture picture);

    /// <summary>The file, and what is decoded from it.</summary>
    /// <exception cref="UnusableDocumentException">The codec cannot take the picture.</exception>
    (Coded<Picture> Coded, byte[] File) CodeToFile(Picture picture);
}
