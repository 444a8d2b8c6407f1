using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Navi.Cli.GoLive.Checks;

/// <summary>Where Alertmanager's configuration sends alerts by their severity (its documentation: Configuration, route and receiver).</summary>
internal sealed class AlertRoutes
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
    private readonly File file;

    /// <summary>Reads the configuration as Alertmanager gives it.</summary>
    /// <exception cref="GoLiveFailure">It can't be read.</exception>
    public AlertRoutes(string configuration)
    {
        try
        {
            file = Yaml.Deserialize<File>(configuration) ?? new File();
        }
        catch (YamlException e)
        {
            throw new GoLiveFailure($"Alertmanager's configuration can't be read: {e.Message}");
        }
    }

    /// <summary>The receiver of a severity with how it tells somebody; null when there is none. Pages need a route of their own: what everybody gets wakes nobody.</summary>
    public string? Of(string severity)
    {
        var own = file.Route?.Routes.FirstOrDefault(r => r.Matchers.Any(m => Means(m, severity)) || r.Match.GetValueOrDefault("severity") == severity)?.Receiver;
        var name = own ?? (severity == "page" ? null : file.Route?.Receiver);
        var ways = file.Receivers.FirstOrDefault(r => r.GetValueOrDefault("name") as string == name)?.Where(p => p.Key.EndsWith("_configs", StringComparison.Ordinal) && p.Value is IReadOnlyCollection<object> { Count: > 0 }).Select(p => p.Key[..^"_configs".Length]).ToList();
        return ways is { Count: > 0 } ? $"{name} ({string.Join(", ", ways)})" : null;
    }

    private static bool Means(string matcher, string severity) => matcher.Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal) == $"severity={severity}";

    private sealed class File
    {
        public Node? Route { get; set; }

        public List<Dictionary<string, object?>> Receivers { get; set; } = [];
    }

    private sealed class Node
    {
        public string? Receiver { get; set; }

        public List<string> Matchers { get; set; } = [];

        public Dictionary<string, string> Match { get; set; } = [];

        public List<Node> Routes { get; set; } = [];
    }
}
