using System.Net.Http.Json;
using Navi.Drills.Rules;
using Navi.Drills.Servers;
using Navi.Drills.Staging;

namespace Navi.Drills.Routing;

/// <summary>A real Alertmanager with our own routes and inhibitions. Only the receivers' addresses differ, and durations, which are shortened (<see cref="ShortDurations"/>).</summary>
internal sealed class AlertmanagerServer : IAsyncDisposable
{
    private readonly ServerProcess process;
    private readonly HttpClient http;

    private AlertmanagerServer(ServerProcess process)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = process.Address };
    }

    public Uri Address => process.Address;

    /// <summary>Our configuration.</summary>
    public static string Configuration { get; } = Path.Combine(RuleFiles.Directory, "alertmanager", "alertmanager.yml");

    /// <summary>Starts it in <paramref name="directory"/>; what it would send to PagerDuty and Slack goes to <paramref name="webhooks"/>.</summary>
    /// <param name="directory">For its configuration and data.</param>
    /// <param name="webhooks">Address of the receiver.</param>
    /// <param name="cancellation">Ends the wait for its start.</param>
    /// <param name="change">Breaks the configuration on purpose.</param>
    public static async Task<AlertmanagerServer> StartAsync(string directory, Uri webhooks, CancellationToken cancellation, Action<Dictionary<object, object>>? change = null)
    {
        var tree = YamlTree.Parse(ShortDurations.Shorten(await File.ReadAllTextAsync(Configuration, cancellation), ShortDurations.Factor));
        tree["receivers"] = tree.Items("receivers").Cast<Dictionary<object, object>>().Select(object (r) => new Dictionary<object, object>
        {
            ["name"] = r["name"], ["webhook_configs"] = new List<object> { new Dictionary<object, object> { ["url"] = new Uri(webhooks, (string)r["name"]).ToString() } },
        }).ToList();
        change?.Invoke(tree);
        var file = Path.Combine(directory, "alertmanager.yml");
        YamlTree.Write(file, tree);
        return new AlertmanagerServer(await ServerProcess.StartAsync(
            "prometheus-alertmanager", [$"--config.file={file}", $"--storage.path={Path.Combine(directory, "alertmanager")}", "--cluster.listen-address="], cancellation));
    }

    /// <summary>Tells it of alerts as Prometheus does.</summary>
    public async Task FireAsync(IEnumerable<(string Alert, string Severity)> alerts, CancellationToken cancellation)
    {
        using var response = await http.PostAsJsonAsync(
            "/api/v2/alerts", alerts.Select(a => new { labels = new { alertname = a.Alert, severity = a.Severity }, annotations = new { summary = "s", runbook_url = "r" } }), cancellation);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }
}
