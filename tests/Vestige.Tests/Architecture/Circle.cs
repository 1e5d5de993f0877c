namespace Vestige.Tests.Architecture.One
{
    /// <summary>Half of a circle, which the test of folders must find.</summary>
    internal sealed class Here
    {
        internal static object Other() => new Two.There();
    }
}

namespace Vestige.Tests.Architecture.Two
{
    /// <summary>The other half.</summary>
    internal sealed class There
    {
        internal One.Here? Back { get; init; }
    }
}
