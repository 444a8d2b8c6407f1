using System.Text.Json;

namespace Navi.Cli.GoLive.Release;

/// <summary>A dashboard of this release.</summary>
/// <param name="document">Its JSON, as Grafana imports it.</param>
internal sealed class ReleaseDashboard(JsonElement document)
{
    /// <summary>Grafana's name for it.</summary>
    public string Uid => document.GetProperty("uid").GetString()!;

    /// <summary>Every query as the dashboard states it.</summary>
    public IReadOnlyList<string> Queries => [.. Stated.SelectMany(p => p.GetProperty("targets").EnumerateArray()).Select(t => t.GetProperty("expr").GetString()!)];

    private IEnumerable<JsonElement> Stated => document.GetProperty("panels").EnumerateArray().Where(p => p.GetProperty("type").GetString() != "row");

    /// <summary>Each panel's title and queries, as Grafana asks them when everything is chosen, over <paramref name="range"/>.</summary>
    public IEnumerable<(string Title, IReadOnlyList<string> Queries)> Panels(TimeSpan range)
    {
        var variables = document.GetProperty("templating").GetProperty("list").EnumerateArray().Where(v => v.GetProperty("type").GetString() == "query").Select(v => v.GetProperty("name").GetString()!).ToList();
        foreach (var panel in Stated)
            yield return (panel.GetProperty("title").GetString()!, [.. panel.GetProperty("targets").EnumerateArray().Select(t => Substituted(t.GetProperty("expr").GetString()!))]);

        string Substituted(string query) => variables.Aggregate(
            query.Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("$__range", $"{range.TotalSeconds:0}s", StringComparison.Ordinal), (text, variable) => text.Replace($"${variable}", ".*", StringComparison.Ordinal));
    }
}
