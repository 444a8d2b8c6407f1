using System.Text.Json;
using Navi.Cli.GoLive.Release;

namespace Navi.Cli.GoLive.Checks;

/// <summary>What people on call look at.</summary>
internal static class DashboardChecks
{
    // Grafana's words; a proxy's 404, or that of another program at this address, says nothing of dashboards.
    private const string NotFound = "Dashboard not found";

    /// <summary>Grafana has every dashboard of this release with all of its queries; panels that others added are theirs.</summary>
    public static async Task<Verdict> DeployedAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var (missing, wrong, seen) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var dashboard in ReleaseFiles.Dashboards)
        {
            if (await FindAsync(target.Grafana!, dashboard.Uid, cancellation) is not { } found)
            {
                missing.Add(dashboard.Uid);
                continue;
            }
            var deployed = Queries(found.GetProperty("dashboard")).Select(PromText.Bare).ToHashSet();
            var lost = dashboard.Queries.Count(q => !deployed.Contains(PromText.Bare(q)));
            (lost > 0 ? wrong : seen).Add(lost > 0 ? $"{dashboard.Uid} lacks {lost} of {dashboard.Queries.Count} queries of this release" : $"{dashboard.Uid} ({dashboard.Queries.Count} queries)");
        }
        return Verdict.Of([.. missing.Count > 0 ? new[] { $"Grafana has no {string.Join(", ", missing)}" } : [], .. wrong], $"Grafana has {string.Join(", ", seen)}");
    }

    private static async Task<JsonElement?> FindAsync(MonitoringApi grafana, string uid, CancellationToken cancellation)
    {
        try
        {
            return await grafana.GetAsync($"api/dashboards/uid/{uid}", cancellation);
        }
        catch (GoLiveFailure e) when (e is { Status: 404, Said: NotFound })
        {
            return null;
        }
        catch (GoLiveFailure e) when (e.Status is 401 or 403)
        {
            throw new GoLiveFailure($"{e.Message} (NAVI_GRAFANA_TOKEN must be the token of a service account that may read these dashboards)");
        }
    }

    // Wherever they stand: rows of panels hold panels.
    private static IEnumerable<string> Queries(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Object => part.EnumerateObject().SelectMany(p => p.NameEquals("expr") && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : Queries(p.Value)),
        JsonValueKind.Array => part.EnumerateArray().SelectMany(Queries),
        _ => [],
    };
}
