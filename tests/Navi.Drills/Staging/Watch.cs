using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Testing;

namespace Navi.Drills.Staging;

/// <summary>
/// Debian's Prometheus and Alertmanager with the files of prometheus/, in a copy that differs in durations (<see cref="ShortDurations"/>), in addresses, and in the receivers, which are
/// a webhook of the drill instead of PagerDuty and Slack.
/// </summary>
internal sealed partial class Watch : IAsyncDisposable
{
    private readonly StagedProcess prometheus;
    private readonly StagedProcess alertmanager;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private Watch(Webhook webhook, StagedProcess prometheus, StagedProcess alertmanager, string prometheusUrl, string alertmanagerUrl)
    {
        (Webhook, this.prometheus, this.alertmanager, PrometheusUrl, AlertmanagerUrl) = (webhook, prometheus, alertmanager, prometheusUrl, alertmanagerUrl);
    }

    public Webhook Webhook { get; }

    public string PrometheusUrl { get; }

    public string AlertmanagerUrl { get; }

    /// <summary>Starts both; <paramref name="navi"/> is scraped with <paramref name="token"/>.</summary>
    public static async Task<Watch> StartAsync(string directory, Uri navi, string token, CancellationToken cancellation)
    {
        var webhook = await Webhook.StartAsync();
        var (prometheusPort, alertmanagerPort) = (FreePort.Take(), FreePort.Take());
        Copy(directory, navi, token, alertmanagerPort, webhook);
        var alertmanager = StagedProcess.Start(
            "prometheus-alertmanager", [$"--config.file={directory}/alertmanager/alertmanager.yml", $"--storage.path={directory}/alertmanager/data", $"--web.listen-address=127.0.0.1:{alertmanagerPort}", "--cluster.listen-address="],
            directory, Path.Combine(directory, "alertmanager.log"));
        var prometheus = StagedProcess.Start(
            "prometheus", [
                $"--config.file={directory}/prometheus.yml", $"--storage.tsdb.path={directory}/data", $"--web.listen-address=127.0.0.1:{prometheusPort}", "--log.level=warn",
                // How often a firing alert is told to Alertmanager again: a minute, shortened like everything else.
                $"--rules.alert.resend-delay={60_000 / ShortDurations.Factor}ms"],
            directory, Path.Combine(directory, "prometheus.log"));
        var watch = new Watch(webhook, prometheus, alertmanager, $"http://127.0.0.1:{prometheusPort}", $"http://127.0.0.1:{alertmanagerPort}");
        await Wait.UntilAsync(() => watch.AnswersAsync(cancellation), () => $"Prometheus or Alertmanager did not start; their logs: {File.ReadAllText(Path.Combine(directory, "prometheus.log"))} {File.ReadAllText(Path.Combine(directory, "alertmanager.log"))}");
        return watch;
    }

    /// <summary>Alerts that fire now, each name once.</summary>
    public async Task<IReadOnlyList<string>> FiringAsync(CancellationToken cancellation)
    {
        var answer = await http.GetFromJsonAsync<JsonElement>($"{PrometheusUrl}/api/v1/alerts", cancellation);
        return [.. answer.GetProperty("data").GetProperty("alerts").EnumerateArray().Where(a => a.GetProperty("state").GetString() == "firing")
            .Select(a => a.GetProperty("labels").GetProperty("alertname").GetString()!).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The value of an expression that has one; null when it has none.</summary>
    public async Task<string?> AskAsync(string expression, CancellationToken cancellation)
    {
        var answer = await http.GetFromJsonAsync<JsonElement>($"{PrometheusUrl}/api/v1/query?query={Uri.EscapeDataString(expression)}", cancellation);
        var result = answer.GetProperty("data").GetProperty("result");
        return result.GetArrayLength() == 0 ? null : result[0].GetProperty("value")[1].GetString();
    }

    public async ValueTask DisposeAsync()
    {
        await prometheus.DisposeAsync();
        await alertmanager.DisposeAsync();
        await Webhook.DisposeAsync();
        http.Dispose();
    }

    private static void Copy(string directory, Uri navi, string token, int alertmanagerPort, Webhook webhook)
    {
        var source = Rules.RuleFiles.Directory;
        foreach (var folder in new[] { "rules", "alerts", "alertmanager", "secrets" })
            Directory.CreateDirectory(Path.Combine(directory, folder));
        foreach (var name in Rules.RuleFiles.Names)
            File.WriteAllText(Path.Combine(directory, name), ShortDurations.Shorten(File.ReadAllText(Path.Combine(source, name)), ShortDurations.Factor));
        var prometheus = ShortDurations.Shorten(File.ReadAllText(Path.Combine(source, "prometheus.yml")), ShortDurations.Factor);
        File.WriteAllText(Path.Combine(directory, "prometheus.yml"), prometheus.Replace("localhost:7071", navi.Authority, StringComparison.Ordinal).Replace("localhost:9093", $"127.0.0.1:{alertmanagerPort}", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(directory, "secrets", "navi-token"), token);
        var routes = ShortDurations.Shorten(File.ReadAllText(Path.Combine(source, "alertmanager", "alertmanager.yml")), ShortDurations.Factor);
        var at = routes.IndexOf("\nreceivers:", StringComparison.Ordinal);
        var receivers = ReceiverName().Matches(routes[at..]).Select(m => $"  - name: {m.Groups["name"].Value}\n    webhook_configs:\n      - url: {webhook.Address}/{m.Groups["name"].Value}\n        send_resolved: true\n");
        File.WriteAllText(Path.Combine(directory, "alertmanager", "alertmanager.yml"), $"{routes[..at]}\nreceivers:\n{string.Concat(receivers)}");
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            using var first = await http.GetAsync($"{PrometheusUrl}/-/ready", cancellation);
            using var second = await http.GetAsync($"{AlertmanagerUrl}/-/ready", cancellation);
            return first.IsSuccessStatusCode && second.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return prometheus.HasEnded || alertmanager.HasEnded ? throw new InvalidOperationException("Prometheus or Alertmanager has ended.") : false;
        }
    }

    [GeneratedRegex(@"^\s+- name: (?<name>\S+)$", RegexOptions.Multiline)]
    private static partial Regex ReceiverName();
}
