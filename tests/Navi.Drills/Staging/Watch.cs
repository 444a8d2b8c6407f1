using Navi.Drills.Routing;
using Navi.Drills.Rules;
using Navi.Drills.Servers;

namespace Navi.Drills.Staging;

/// <summary>Prometheus and Alertmanager with the files of prometheus/, whose durations are shortened (<see cref="ShortDurations"/>), and a webhook that stands for PagerDuty and Slack.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private readonly WebhookReceiver webhooks;
    private readonly AlertmanagerServer alertmanager;

    private Watch(WebhookReceiver webhooks, AlertmanagerServer alertmanager, PrometheusServer prometheus) =>
        (this.webhooks, this.alertmanager, Prometheus) = (webhooks, alertmanager, prometheus);

    public PrometheusServer Prometheus { get; }

    /// <summary>Alertmanager's address.</summary>
    public Uri Alertmanager => alertmanager.Address;

    /// <summary>What the receivers have been told, oldest first.</summary>
    public IReadOnlyList<Delivery> Deliveries => webhooks.Deliveries;

    /// <summary>Starts all three; <paramref name="navi"/> is scraped with <paramref name="token"/>.</summary>
    public static async Task<Watch> StartAsync(string directory, Uri navi, string token, CancellationToken cancellation)
    {
        foreach (var name in RuleFiles.Names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory, name))!);
            await File.WriteAllTextAsync(Path.Combine(directory, name), ShortDurations.Shorten(await File.ReadAllTextAsync(Path.Combine(RuleFiles.Directory, name), cancellation), ShortDurations.Factor), cancellation);
        }
        var webhooks = await WebhookReceiver.StartAsync(cancellation);
        var alertmanager = await AlertmanagerServer.StartAsync(directory, webhooks.Address, cancellation);
        var prometheus = await PrometheusServer.StartAsync(
            directory, navi, token, $"{15_000 / ShortDurations.Factor}ms", RuleFiles.Names.Select(n => Path.Combine(directory, n)), alertmanager.Address, cancellation);
        return new Watch(webhooks, alertmanager, prometheus);
    }

    public async ValueTask DisposeAsync()
    {
        await Prometheus.DisposeAsync();
        await alertmanager.DisposeAsync();
        await webhooks.DisposeAsync();
    }
}
