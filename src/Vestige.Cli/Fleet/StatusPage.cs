using System.Globalization;
using System.Net;
using System.Text;
using Vestige.Cli.Options;
using Vestige.Cli.Rendering;
using Vestige.Results;

namespace Vestige.Cli.Fleet;

/// <summary>A part of what is said of a plan, for terminals and pages.</summary>
/// <param name="Title">A few words; "" for the first.</param>
/// <param name="Lines">A sentence or a row each.</param>
internal sealed record StatusPart(string Title, IReadOnlyList<string> Lines)
{
    // Of each list: a page and a terminal hold so many.
    private const int Most = 40;

    internal static IReadOnlyList<StatusPart> Of(string name, FleetStatus status)
    {
        FleetPlan plan = status.Plan;
        string left = status.SecondsLeft switch
        {
            0 => "",
            { } seconds => $", about {ProgressLine.Duration(seconds)} left with the workers there are",
            _ => status.Running.Count == 0 ? $"; nobody is at work: 'vestige work {name}'" : "",
        };
        string[] head =
        [
            $"{name}: {status.Done} of {plan.Pieces.Count} pieces done, {status.Running.Count} running, {status.SetAside.Count} set aside{left}",
            .. status.Done == plan.Pieces.Count ? [$"all is done: 'vestige finish {name}' makes the result"] : Array.Empty<string>(),
        ];
        string[] running = [.. status.Running.Select(piece => string.Create(CultureInfo.InvariantCulture,
            $"{piece.Piece}: on {piece.State.Host}, process {piece.State.Process}, since {piece.State.Started} by its clock, ")
            + $"alive for {ProgressLine.Duration(piece.State.Beat * plan.Heartbeat)} of it{(piece.Attempt > 1 ? $"; attempt {piece.Attempt}" : "")}")];
        string[] figures = [.. status.Figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Name}: {figure.Value:0.####}")
            + (figure.Half is { } half ? string.Create(CultureInfo.InvariantCulture, $" +- {half:0.####}") : "") + (figure.Unit.Length > 0 ? $" {figure.Unit}" : "")
            + $", of {figure.Pieces} {(figure.Pieces == 1 ? "piece" : "pieces")}")];
        return
        [
            new StatusPart("", head),
            .. Part("running", running), .. Part("came to nothing", status.Failed), .. Part("set aside", status.SetAside),
            .. Part("figures so far, not final: of the pieces done, which need not be like the others", status.Done == plan.Pieces.Count ? [] : figures),
        ];
    }

    private static IEnumerable<StatusPart> Part(string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0) yield return new StatusPart(title, lines.Count <= Most ? lines : [.. lines.Take(Most), $"and {lines.Count - Most} more"]);
    }
}

/// <summary>The same as a page that a browser reads anew by itself.</summary>
internal static class StatusPage
{
    internal const string Name = "status.html";

    private const int Refresh = 30;

    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
        + "progress{width:100%;height:1.5rem}li{overflow-wrap:anywhere}";

    internal static byte[] Of(string name, FleetStatus status, IReadOnlyList<StatusPart> parts)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="{Refresh}"><meta name="viewport" content="width=device-width">
            <title>{Coded(name)}: {status.Done} of {status.Plan.Pieces.Count}</title>
            <style>{Style}</style>
            </head><body><main><h1>{Coded(Context.Typed(status.Plan.Arguments))}</h1>
            <progress aria-label="pieces done" max="{Math.Max(1, status.Plan.Pieces.Count)}" value="{status.Done}"></progress>

            """);
        foreach (StatusPart part in parts)
        {
            if (part.Title.Length == 0)
            {
                foreach (string line in part.Lines) page.Append("<p>").Append(Coded(line)).Append("</p>\n");
                continue;
            }
            page.Append("<h2>").Append(Coded(part.Title)).Append("</h2>\n<ul>\n");
            foreach (string line in part.Lines) page.Append("<li>").Append(Coded(line)).Append("</li>\n");
            page.Append("</ul>\n");
        }
        return Encoding.UTF8.GetBytes(page.Append("</main></body></html>\n").ToString());
    }

    private static string Coded(string text) => WebUtility.HtmlEncode(Names.Printable(text));
}
