namespace Vestige.Models.Endpoints;

/// <summary>A server did not give what was asked for; the message is for the user and holds no key.</summary>
public sealed class EndpointException(string message) : Exception(message)
{
    /// <summary>The status that it answered with; null where it did not refuse.</summary>
    public int? Status { get; init; }

    /// <summary>Whether the server knows no such request, or not all that was asked for in it.</summary>
    internal bool IsNotOffered => Status is 400 or 404 or 405 or 422 or 501;
}
