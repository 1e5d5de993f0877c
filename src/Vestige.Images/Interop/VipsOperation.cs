using System.Runtime.InteropServices;

namespace Vestige.Images.Interop;

/// <summary>One call of a libvips operation: made by name, given its properties, built, read.</summary>
/// <remarks>libvips takes no notice of a value out of range but for a warning in its log, and would run with the default. So each
/// property is read back and compared as it is set.</remarks>
internal sealed unsafe class VipsOperation : GObject
{
    private readonly string _name;

    internal VipsOperation(string name) : base(Native.vips_operation_new(name), name) => _name = name;

    /// <summary>Sets an integer.</summary>
    internal VipsOperation Set(string property, int value)
    {
        var box = Box(property, Native.TypeInt);
        Native.g_value_set_int(ref box, value);
        Native.g_object_set_property(Pointer, property, box);
        Native.g_object_get_property(Pointer, property, ref box);
        return Check(property, value, Native.g_value_get_int(box));
    }

    /// <summary>Sets a boolean.</summary>
    internal VipsOperation Set(string property, bool value)
    {
        var box = Box(property, Native.TypeBoolean);
        Native.g_value_set_boolean(ref box, value ? 1 : 0);
        Native.g_object_set_property(Pointer, property, box);
        Native.g_object_get_property(Pointer, property, ref box);
        return Check(property, value, Native.g_value_get_boolean(box) != 0);
    }

    /// <summary>Sets a real number.</summary>
    internal VipsOperation Set(string property, double value)
    {
        var box = Box(property, Native.TypeDouble);
        Native.g_value_set_double(ref box, value);
        Native.g_object_set_property(Pointer, property, box);
        Native.g_object_get_property(Pointer, property, ref box);
        return Check(property, value, Native.g_value_get_double(box));
    }

    /// <summary>Sets a text.</summary>
    internal VipsOperation Set(string property, string value)
    {
        var box = Box(property, Native.TypeString);
        Native.g_value_set_string(ref box, value);
        Native.g_object_set_property(Pointer, property, box);
        Native.g_object_get_property(Pointer, property, ref box);
        string? taken = Marshal.PtrToStringUTF8((nint)Native.g_value_get_string(box));
        Native.g_value_unset(ref box);
        return Check(property, value, taken);
    }

    /// <summary>Sets one of an enumeration's values by its short name.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="enumeration">GLib's name of its type: <c>VipsForeignSubsample</c>.</param>
    /// <param name="value"><c>off</c>.</param>
    internal VipsOperation Set(string property, string enumeration, string value)
    {
        nuint type = Native.g_type_from_name(enumeration);
        int number = type == 0 ? -1 : Native.vips_enum_from_nick(_name, type, value);
        if (number < 0) throw new VipsException($"{_name}: this libvips has no {property}={value}. {Vips.TakeErrors()}");
        var box = Box(property, type);
        Native.g_value_set_enum(ref box, number);
        Native.g_object_set_property(Pointer, property, box);
        Native.g_object_get_property(Pointer, property, ref box);
        return Check(property, number, Native.g_value_get_enum(box));
    }

    /// <summary>Sets a combination of an enumeration's bits.</summary>
    internal VipsOperation SetFlags(string property, string enumeration, uint value)
    {
        var box = Box(property, Native.g_type_from_name(enumeration));
        Native.g_value_set_flags(ref box, value);
        Native.g_object_set_property(Pointer, property, box);
        Native.g_object_get_property(Pointer, property, ref box);
        return Check(property, value, Native.g_value_get_flags(box));
    }

    /// <summary>Sets an image.</summary>
    internal VipsOperation Set(string property, VipsImage image)
    {
        var box = Box(property, Native.vips_image_get_type());
        Native.g_value_set_object(ref box, image.Pointer);
        Native.g_object_set_property(Pointer, property, box);
        Native.g_value_unset(ref box);
        return this;
    }

    /// <summary>Sets a blob; the bytes are copied.</summary>
    internal VipsOperation Set(string property, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* data = bytes)
        {
            var box = SetArea(property, Native.vips_blob_get_type(), Native.vips_blob_copy(data, (nuint)bytes.Length));
            Native.g_value_unset(ref box);
        }
        return this;
    }

    /// <summary>Sets an array of real numbers.</summary>
    internal VipsOperation Set(string property, ReadOnlySpan<double> values)
    {
        fixed (double* data = values)
        {
            var box = SetArea(property, Native.vips_array_double_get_type(), Native.vips_array_double_new(data, values.Length));
            Native.g_object_get_property(Pointer, property, ref box);
            double* taken = Native.vips_array_double_get(Native.g_value_get_boxed(box), out int count);
            bool same = new ReadOnlySpan<double>(taken, count).SequenceEqual(values);
            Native.g_value_unset(ref box);
            return Check(property, true, same);
        }
    }

    /// <summary>Runs an operation whose output is an image, and ends this object.</summary>
    internal VipsImage BuildImage()
    {
        using (this)
        {
            Build();
            GValue box = default;
            Native.g_value_init(ref box, Native.vips_image_get_type());
            Native.g_object_get_property(Pointer, "out", ref box);
            nint image = Native.g_value_get_object(box);
            if (image != 0) Native.g_object_ref(image);
            Native.g_value_unset(ref box);
            return new VipsImage(image, _name);
        }
    }

    /// <summary>Runs an operation whose output is a blob, copies that, and ends this object.</summary>
    /// <param name="output">Name of the output.</param>
    internal byte[] BuildBuffer(string output = "buffer")
    {
        using (this)
        {
            Build();
            GValue box = default;
            Native.g_value_init(ref box, Native.vips_blob_get_type());
            Native.g_object_get_property(Pointer, output, ref box);
            try
            {
                nint blob = Native.g_value_get_boxed(box);
                if (blob == 0) throw new VipsException($"{_name}: nothing was written. {Vips.TakeErrors()}");
                byte* data = Native.vips_blob_get(blob, out nuint length);
                return new ReadOnlySpan<byte>(data, checked((int)length)).ToArray();
            }
            finally
            {
                Native.g_value_unset(ref box);
            }
        }
    }

    protected override bool ReleaseHandle()
    {
        // Its outputs keep an operation alive, and a failed one may have some too.
        Native.vips_object_unref_outputs(handle);
        return base.ReleaseHandle();
    }

    private void Build()
    {
        nint built = Native.vips_cache_operation_build(Pointer);
        if (built == 0) throw new VipsException($"{_name}: {Vips.TakeErrors()}");
        // A reference of its own, to this operation or to an equal one.
        Native.g_object_unref(handle);
        SetHandle(built);
    }

    // The box keeps a reference to what it was given, and so does the operation.
    private GValue SetArea(string property, nuint type, nint area)
    {
        var box = Box(property, type);
        Native.g_value_set_boxed(ref box, area);
        Native.vips_area_unref(area);
        Native.g_object_set_property(Pointer, property, box);
        return box;
    }

    private GValue Box(string property, nuint type)
    {
        // The class is the first word of an instance. Without this check a wrong name would read back as a zero.
        if (Native.g_object_class_find_property(*(nint*)Pointer, property) == 0)
            throw new VipsException($"{_name}: this libvips ({Vips.Version}) has no option \"{property}\".");
        GValue box = default;
        Native.g_value_init(ref box, type);
        return box;
    }

    private VipsOperation Check<T>(string property, T wanted, T taken) => EqualityComparer<T>.Default.Equals(wanted, taken)
        ? this
        : throw new VipsException($"{_name}: {property}={wanted} was not taken by libvips, which would use {taken}.");
}
