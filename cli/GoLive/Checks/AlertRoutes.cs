using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Navi.Cli.GoLive.Checks;

/// <summary>Where Alertmanager's configuration sends an alert (its documentation: Configuration, route, matcher and receiver).</summary>
internal sealed partial class AlertRoutes
{
    private static readonly TimeSpan MatchBound = TimeSpan.FromSeconds(1);
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
    private readonly RouteFile file;

    /// <summary>Reads the configuration as Alertmanager gives it.</summary>
    /// <exception cref="GoLiveFailure">It can't be read.</exception>
    public AlertRoutes(string configuration)
    {
        try
        {
            file = Yaml.Deserialize<RouteFile>(configuration) ?? new RouteFile();
        }
        catch (YamlException e)
        {
            throw new GoLiveFailure($"Alertmanager's configuration can't be read: {e.Message}");
        }
    }

    /// <summary>The receivers of an alert of NAVI that tell somebody, with how; null when there is none.</summary>
    /// <exception cref="GoLiveFailure">A matcher can't be read.</exception>
    public string? Of(string alert, string severity)
    {
        if (file.Route is not { } root)
            return null;
        // What an alert is labelled besides differs from one to another; a route that asks for it is not one that every alert takes.
        var labels = new Dictionary<string, string> { ["alertname"] = alert, ["severity"] = severity };
        var told = Receivers(root, root.Receiver, labels).Distinct().Select(Told).OfType<string>().ToList();
        return told.Count == 0 ? null : string.Join(" and ", told);
    }

    // The first route below that matches takes the alert, and with continue the next ones as well; where none does, the node itself has it.
    private static IEnumerable<string?> Receivers(RouteNode node, string? inherited, Dictionary<string, string> labels)
    {
        var receiver = node.Receiver ?? inherited;
        var taken = false;
        foreach (var child in node.Routes ?? [])
        {
            if (!Takes(child, labels))
                continue;
            taken = true;
            foreach (var found in Receivers(child, receiver, labels))
                yield return found;
            if (!child.Continue)
                yield break;
        }
        if (!taken)
            yield return receiver;
    }

    private static bool Takes(RouteNode node, Dictionary<string, string> labels) =>
        (node.Match ?? []).All(m => labels.GetValueOrDefault(m.Key, "") == m.Value)
        && (node.MatchRe ?? []).All(m => Whole(m.Value).IsMatch(labels.GetValueOrDefault(m.Key, "")))
        && (node.Matchers ?? []).All(m => Holds(m, labels));

    private static bool Holds(string matcher, Dictionary<string, string> labels)
    {
        var parts = Matcher().Match(matcher);
        if (!parts.Success)
            throw new GoLiveFailure($"Alertmanager's matcher '{matcher}' can't be read");
        var (has, wanted) = (labels.GetValueOrDefault(parts.Groups["label"].Value, ""), parts.Groups["quoted"].Success ? parts.Groups["quoted"].Value : parts.Groups["plain"].Value);
        return parts.Groups["sign"].Value switch
        {
            "=" => has == wanted,
            "!=" => has != wanted,
            "=~" => Whole(wanted).IsMatch(has),
            _ => !Whole(wanted).IsMatch(has),
        };
    }

    private static Regex Whole(string pattern) => new($"^(?:{pattern})$", RegexOptions.CultureInvariant, MatchBound);

    private string? Told(string? name)
    {
        var ways = (file.Receivers ?? []).FirstOrDefault(r => r.GetValueOrDefault("name") as string == name)?.Where(p => p.Key.EndsWith("_configs", StringComparison.Ordinal) && p.Value is IReadOnlyCollection<object> { Count: > 0 }).Select(p => p.Key[..^"_configs".Length]).ToList();
        return ways is { Count: > 0 } ? $"{name} ({string.Join(", ", ways)})" : null;
    }

    [GeneratedRegex("""^\{?\s*(?<label>[A-Za-z_]\w*)\s*(?<sign>=~|!~|!=|=)\s*(?:"(?<quoted>[^"]*)"|(?<plain>[^"\s}]*))\s*\}?$""")]
    private static partial Regex Matcher();
}
