using Navi.Drills.Servers;

namespace Navi.Drills.Dashboards;

/// <summary>Runs what the dashboards ask on a real Prometheus.</summary>
/// <param name="Prometheus">The server.</param>
/// <param name="From">Since when there is something to see.</param>
internal sealed record PanelQueries(PrometheusServer Prometheus, DateTimeOffset From)
{
    // Grafana takes at least four scrapes for $__rate_interval; here a scrape is a second, and work comes in bursts.
    private const string RateInterval = "20s";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>Every query of every panel, and every variable's.</summary>
    public static IReadOnlyList<(string Where, string Query)> All { get; } =
    [
        .. Dashboard.All.SelectMany(d => d.Panels).SelectMany(p => p.Queries.Select(q => (p.ToString(), q))),
        .. Dashboard.All.SelectMany(d => d.Variables).Select(v => ($"{v.Dashboard} · variable {v.Name}", $"count by ({v.Label}) ({v.Metric})")),
    ];

    /// <summary>The queries that fail or have nothing to show, each with why.</summary>
    public async Task<IReadOnlyList<string>> EmptyAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var wrong = new List<string>();
        foreach (var (where, query) in All)
        {
            try
            {
                if (await Prometheus.CountValuesAsync(Substituted(query, until), From, until, Step, cancellation) == 0)
                    wrong.Add($"{where}: nothing to show: {query}");
            }
            catch (InvalidOperationException e)
            {
                wrong.Add($"{where}: {e.Message}: {query}");
            }
        }
        return wrong;
    }

    // As Grafana does it when everything is chosen.
    private string Substituted(string query, DateTimeOffset until)
    {
        var text = query.Replace("$__rate_interval", RateInterval, StringComparison.Ordinal).Replace("$__range", $"{(int)(until - From).TotalSeconds}s", StringComparison.Ordinal);
        foreach (var variable in Dashboard.All.SelectMany(d => d.Variables))
            text = text.Replace($"${variable.Name}", ".*", StringComparison.Ordinal);
        return text;
    }
}
