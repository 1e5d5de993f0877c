namespace Vestige.Models.Endpoints;

/// <summary>Where it is said what is about to be asked of a server, and what is waited for.</summary>
public static class EndpointMessages
{
    private static readonly AsyncLocal<Action<string>?> s_say = new();

    /// <summary>Puts another place in that of standard error, for this flow of work.</summary>
    /// <param name="say">Takes a line.</param>
    public static void Send(Action<string> say) => s_say.Value = say;

    internal static void Say(string line) => (s_say.Value ?? Console.Error.WriteLine)(line);
}
