namespace Vestige.Images.Interop;

/// <summary>libvips is missing, or one of its operations failed. The message holds libvips' own words.</summary>
public sealed class VipsException : Exception
{
    /// <summary>Says what failed.</summary>
    public VipsException(string message) : base(message) { }

    /// <summary>Says what failed, with the error that told.</summary>
    public VipsException(string message, Exception inner) : base(message, inner) { }

    /// <summary>For serializers; prefer the others.</summary>
    public VipsException() { }
}
