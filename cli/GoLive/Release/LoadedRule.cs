using System.Text.Json;

namespace Navi.Cli.GoLive.Release;

/// <summary>A rule that Prometheus has loaded.</summary>
/// <param name="Rule">What it says.</param>
/// <param name="Health">ok, err, or unknown before it was evaluated.</param>
internal sealed record LoadedRule(ReleaseRule Rule, string? Health)
{
    /// <summary>Reads the answer of <c>/api/v1/rules</c> (Prometheus: HTTP API, Rules).</summary>
    public static IReadOnlyList<LoadedRule> All(JsonElement answer) => [.. answer.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(g => g.GetProperty("rules").EnumerateArray()).Select(Of)];

    private static LoadedRule Of(JsonElement rule) => new(
        new ReleaseRule(
            rule.GetProperty("name").GetString()!, rule.GetProperty("type").GetString() == "alerting", rule.GetProperty("query").GetString()!,
            rule.TryGetProperty("duration", out var seconds) ? TimeSpan.FromSeconds(seconds.GetDouble()) : TimeSpan.Zero,
            rule.TryGetProperty("labels", out var labels) ? labels.EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!) : []),
        rule.GetProperty("health").GetString());
}
