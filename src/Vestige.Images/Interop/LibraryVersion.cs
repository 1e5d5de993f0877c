using System.Globalization;
using System.Runtime.InteropServices;

namespace Vestige.Images.Interop;

/// <summary>Versions of the codec libraries that libvips has loaded, where they say.</summary>
internal static unsafe class LibraryVersion
{
    /// <summary>Asks a function without parameters that returns a text: <c>heif_get_version</c>.</summary>
    /// <returns>Null where no such function is loaded.</returns>
    internal static string? Text(string function) =>
        Find(function) is var address and not 0 ? Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)address)()) : null;

    /// <summary>Asks a function without parameters that returns major, minor and patch in one number.</summary>
    /// <param name="function"><c>JxlEncoderVersion</c>.</param>
    /// <param name="radix">What the parts are multiplied by: 1000 in libjxl, 256 in libwebp.</param>
    internal static string? Number(string function, uint radix) =>
        Find(function) is var address and not 0 ? Split(((delegate* unmanaged[Cdecl]<uint>)address)(), radix) : null;

    private static string Split(uint version, uint radix) => string.Create(
        CultureInfo.InvariantCulture, $"{version / radix / radix}.{version / radix % radix}.{version % radix}");

    // Libraries that libvips is linked with are found through it; those of its modules are global to the process.
    private static nint Find(string function)
    {
        Vips.Initialise();
        nint vips = NativeLibrary.Load(Native.FileName, typeof(Native).Assembly, null);
        return NativeLibrary.TryGetExport(vips, function, out nint address)
            || NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), function, out address) ? address : 0;
    }
}
