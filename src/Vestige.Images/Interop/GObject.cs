using System.Runtime.InteropServices;

namespace Vestige.Images.Interop;

/// <summary>Owns one reference to a GObject.</summary>
internal abstract class GObject : SafeHandle
{
    /// <summary>Takes over a reference.</summary>
    /// <param name="reference">Null: the call that should have made it failed, and this throws its text.</param>
    /// <param name="what">Names the call in the message.</param>
    protected GObject(nint reference, string what) : base(0, ownsHandle: true)
    {
        if (reference == 0) throw new VipsException($"{what}: {Vips.TakeErrors()}");
        SetHandle(reference);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer; the owner must outlive its use.</summary>
    internal nint Pointer => IsClosed ? throw new ObjectDisposedException(GetType().Name) : handle;

    protected override bool ReleaseHandle()
    {
        Native.g_object_unref(handle);
        return true;
    }
}
