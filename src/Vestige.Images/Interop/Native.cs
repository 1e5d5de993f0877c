using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Vestige.Images.Interop;

/// <summary>Every import from libvips, and from the GLib and GObject that it brings along.</summary>
/// <remarks>None is variadic: .NET has no portable varargs, so operations are made, given properties, built and read
/// (<see cref="VipsOperation"/>). GLib's symbols resolve through libvips' own handle.</remarks>
internal static unsafe partial class Native
{
    private const string Library = "vips";

    /// <summary>GLib's fundamental types: number shifted left by two (gtype.h).</summary>
    internal const nuint TypeBoolean = 5 << 2, TypeInt = 6 << 2, TypeDouble = 15 << 2, TypeString = 16 << 2;

    // The oldest that this code was run with: 8.13 lacks heifsave's "encoder", 8.12 more.
    internal static readonly Version Oldest = new(8, 14);

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    /// <summary>Whether the library is the one that this program was packed with, and not the system's.</summary>
    internal static bool IsPacked { get; private set; }

    /// <summary>The library's name on this system.</summary>
    internal static string FileName =>
        OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

    /// <summary>The system's library first, which alone may have JPEG XL and JPEG 2000; where there is none, or one that is too old, the one that this
    /// program was packed with. VESTIGE_LIBVIPS=packed leaves the system's out.</summary>
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        nint system = Environment.GetEnvironmentVariable("VESTIGE_LIBVIPS") != "packed" && NativeLibrary.TryLoad(FileName, out nint found) ? found : 0;
        if (system != 0 && IsNewEnough(system)) return system;
        if (Packed() is { } file && NativeLibrary.TryLoad(file, out nint packed))
        {
            IsPacked = true;
            return packed;
        }
        // Too old is said where it is started; of none the loader says what is wrong.
        return system != 0 ? system : NativeLibrary.Load(FileName, assembly, path);
    }

    private static bool IsNewEnough(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "vips_version", out nint version)) return false;
        var part = (delegate* unmanaged[Cdecl]<int, int>)version;
        return new Version(part(0), part(1)) >= Oldest;
    }

    /// <summary>Where a package lays the library down: beside the program, in the folder of this system.</summary>
    private static string? Packed()
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        string file = Path.Combine(AppContext.BaseDirectory, "runtimes", $"{system}-{processor}", "native", FileName);
        return File.Exists(file) ? file : null;
    }

    // Start-up, settings, errors.
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_init(string program);

    [LibraryImport(Library)]
    internal static partial int vips_version(int part);

    [LibraryImport(Library)]
    internal static partial void vips_cache_set_max(int operations);

    [LibraryImport(Library)]
    internal static partial void vips_concurrency_set(int threads);

    [LibraryImport(Library)]
    internal static partial byte* vips_error_buffer();

    [LibraryImport(Library)]
    internal static partial void vips_error_clear();

    [LibraryImport(Library)]
    internal static partial void g_log_set_writer_func(
        delegate* unmanaged[Cdecl]<int, GLogField*, nuint, nint, int> writer, nint data, nint free);

    // Types and objects.
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint vips_type_find(string baseName, string nickname);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint g_type_from_name(string name);

    [LibraryImport(Library)]
    internal static partial nuint vips_image_get_type();

    [LibraryImport(Library)]
    internal static partial nuint vips_blob_get_type();

    [LibraryImport(Library)]
    internal static partial nuint vips_array_double_get_type();

    [LibraryImport(Library)]
    internal static partial void g_object_unref(nint instance);

    [LibraryImport(Library)]
    internal static partial nint g_object_ref(nint instance);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint g_object_class_find_property(nint objectClass, string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_set_property(nint instance, string name, in GValue value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_object_get_property(nint instance, string name, ref GValue value);

    // Values.
    [LibraryImport(Library)]
    internal static partial void g_value_init(ref GValue value, nuint type);

    [LibraryImport(Library)]
    internal static partial void g_value_unset(ref GValue value);

    [LibraryImport(Library)]
    internal static partial void g_value_set_boolean(ref GValue value, int boolean);

    [LibraryImport(Library)]
    internal static partial int g_value_get_boolean(in GValue value);

    [LibraryImport(Library)]
    internal static partial void g_value_set_int(ref GValue value, int number);

    [LibraryImport(Library)]
    internal static partial int g_value_get_int(in GValue value);

    [LibraryImport(Library)]
    internal static partial void g_value_set_double(ref GValue value, double number);

    [LibraryImport(Library)]
    internal static partial double g_value_get_double(in GValue value);

    [LibraryImport(Library)]
    internal static partial void g_value_set_enum(ref GValue value, int number);

    [LibraryImport(Library)]
    internal static partial int g_value_get_enum(in GValue value);

    [LibraryImport(Library)]
    internal static partial void g_value_set_flags(ref GValue value, uint flags);

    [LibraryImport(Library)]
    internal static partial uint g_value_get_flags(in GValue value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void g_value_set_string(ref GValue value, string text);

    [LibraryImport(Library)]
    internal static partial byte* g_value_get_string(in GValue value);

    [LibraryImport(Library)]
    internal static partial void g_value_set_object(ref GValue value, nint instance);

    [LibraryImport(Library)]
    internal static partial nint g_value_get_object(in GValue value);

    [LibraryImport(Library)]
    internal static partial void g_value_set_boxed(ref GValue value, nint boxed);

    [LibraryImport(Library)]
    internal static partial nint g_value_get_boxed(in GValue value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_enum_from_nick(string domain, nuint type, string nick);

    [LibraryImport(Library)]
    internal static partial nint vips_blob_copy(byte* data, nuint length);

    [LibraryImport(Library)]
    internal static partial byte* vips_blob_get(nint blob, out nuint length);

    [LibraryImport(Library)]
    internal static partial nint vips_array_double_new(double* values, int count);

    [LibraryImport(Library)]
    internal static partial double* vips_array_double_get(nint array, out int count);

    [LibraryImport(Library)]
    internal static partial void vips_area_unref(nint area);

    // Operations.
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint vips_operation_new(string name);

    [LibraryImport(Library)]
    internal static partial nint vips_cache_operation_build(nint operation);

    [LibraryImport(Library)]
    internal static partial void vips_object_unref_outputs(nint instance);

    [LibraryImport(Library)]
    internal static partial byte* vips_foreign_find_load_buffer(byte* data, nuint length);

    // Images.
    [LibraryImport(Library)]
    internal static partial nint vips_image_new_from_memory_copy(byte* data, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_width(nint image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_height(nint image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_bands(nint image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_format(nint image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_interpretation(nint image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_orientation(nint image);

    [LibraryImport(Library)]
    internal static partial int vips_image_get_n_pages(nint image);

    [LibraryImport(Library)]
    internal static partial int vips_image_hasalpha(nint image);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint vips_image_get_typeof(nint image, string field);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_get_blob(nint image, string field, out byte* data, out nuint length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void vips_image_set_blob_copy(nint image, string field, byte* data, nuint length);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int vips_image_remove(nint image, string field);

    [LibraryImport(Library)]
    internal static partial nint vips_region_new(nint image);

    [LibraryImport(Library)]
    internal static partial byte* vips_region_fetch(nint region, int left, int top, int width, int height, out nuint length);

    [LibraryImport(Library)]
    internal static partial void g_free(void* memory);
}

/// <summary>GValue (gvalue.h): a typed box of 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    internal nuint Type;
    internal ulong First, Second;
}

/// <summary>GLogField (gmessages.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GLogField
{
    internal byte* Key;
    internal byte* Value;

    /// <summary>Length of the value; -1: zero-terminated.</summary>
    internal nint Length;
}
