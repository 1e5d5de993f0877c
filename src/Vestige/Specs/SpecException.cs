namespace Vestige.Specs;

/// <summary>A compressor's specification is wrong; the message names it, the value and what would be right.</summary>
public sealed class SpecException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public SpecException(string message) : base(message) { }

    /// <summary>Says what is wrong, with the error that told.</summary>
    public SpecException(string message, Exception inner) : base(message, inner) { }

    /// <summary>For serializers; prefer the others.</summary>
    public SpecException() { }
}
