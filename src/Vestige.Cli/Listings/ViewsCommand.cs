using System.CommandLine;
using Vestige.Cli.Domains;
using Vestige.Cli.Faults;
using Vestige.Cli.Options;

namespace Vestige.Cli.Listings;

/// <summary><c>vestige views</c>: what makes items comparable.</summary>
internal static class ViewsCommand
{
    internal static Command Create(Context context)
    {
        var command = new Command("views", """
            Lists the views: what makes items comparable. The first of a kind is the headline.

            Example:
              vestige views
            """);
        command.SetAction(_ =>
        {
            foreach (Domain domain in DomainRegistry.All)
            {
                context.Output.Results.WriteLine($"{domain.Name}:");
                foreach ((string name, string description) in domain.ViewRows) context.Output.Results.WriteLine($"  {name,-12} {description}");
            }
            return ExitStatus.Done;
        });
        return command;
    }
}
