using System.Runtime.InteropServices;
using Vestige.Images.Interop;

namespace Vestige.Tests.Images.Interop;

public sealed class VipsTests
{
    public VipsTests() => Vips.Initialise();

    [Fact]
    public void The_version_is_one_that_was_tried() => Assert.True(Vips.Version >= new Version(8, 14));

    [Fact]
    public void It_is_known_what_this_libvips_was_built_with()
    {
        Assert.True(Vips.Has("jpegsave_buffer"));
        Assert.False(Vips.Has("no_such_operation"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(5000)]
    public void A_value_out_of_range_is_an_error_and_not_a_default(int quality)
    {
        List<string> warnings = [];
        var error = Assert.Throws<VipsException>(() =>
            Vips.Run(warnings, () => new VipsOperation("jpegsave_buffer").Set("Q", quality)));
        Assert.Contains($"Q={quality} was not taken by libvips, which would use 75", error.Message, StringComparison.Ordinal);
        // GLib's own warning came to us and not to the terminal.
        Assert.Contains(warnings, w => w.Contains("out of range", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_and_operations_that_do_not_exist_are_named()
    {
        Assert.Contains("has no option \"quality\"", Fault(() => new VipsOperation("jpegsave_buffer").Set("quality", 50)), StringComparison.Ordinal);
        Assert.Contains("no_such", Fault(() => new VipsOperation("no_such")), StringComparison.Ordinal);
        Assert.Contains("no subsample-mode=maybe",
            Fault(() => new VipsOperation("jpegsave_buffer").Set("subsample-mode", "VipsForeignSubsample", "maybe")), StringComparison.Ordinal);

        static string Fault(Func<VipsOperation> call) => Assert.Throws<VipsException>(() => Vips.Run([], call)).Message;
    }

    [Fact]
    public void Every_kind_of_option_is_taken()
    {
        using VipsOperation save = new VipsOperation("jxlsave_buffer").Set("Q", 33).Set("distance", 2.5).Set("lossless", true);
        using VipsOperation heif = new VipsOperation("heifsave_buffer").Set("compression", "VipsForeignHeifCompression", "av1");
        using VipsOperation icc = new VipsOperation("icc_transform").Set("output-profile", "srgb");
        Assert.False(save.IsInvalid || heif.IsInvalid || icc.IsInvalid);
    }

    [Fact]
    public void Samples_that_do_not_fit_the_size_are_refused() =>
        Assert.Throws<ArgumentException>(() => VipsImage.FromSamples(2, 2, 3, new byte[11]));

    [Fact]
    public void A_closed_object_is_not_used()
    {
        VipsImage image = VipsImage.FromSamples(1, 1, 3, new byte[3]);
        image.Dispose();
        Assert.Throws<ObjectDisposedException>(() => image.Width);
    }
}

/// <summary>Alone, since the descriptor belongs to the whole process.</summary>
[Collection(nameof(NativeStderrTests))]
[CollectionDefinition(nameof(NativeStderrTests), DisableParallelization = true)]
public sealed partial class NativeStderrTests
{
    [Fact]
    public void What_native_code_prints_in_a_scope_is_not_seen()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TempFolder();
        string path = Path.Combine(folder.Path, "stderr");
        int saved = dup(2);
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write)) _ = dup2((int)file.DangerousGetHandle(), 2);
        _ = write(2, "a"u8, 1);
        using (NativeStderr.Silence())
        {
            using (NativeStderr.Silence()) _ = write(2, "b"u8, 1);
            _ = write(2, "c"u8, 1);
        }
        _ = write(2, "d"u8, 1);
        _ = dup2(saved, 2);
        Assert.Equal("ad", File.ReadAllText(path));
    }

    [LibraryImport("libc")]
    private static partial int dup(int descriptor);

    [LibraryImport("libc")]
    private static partial int dup2(int descriptor, int target);

    [LibraryImport("libc")]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> bytes, nint count);
}
