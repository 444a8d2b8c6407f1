using Navi.Drills.Servers;
using Navi.Drills.Staging;

namespace Navi.Drills.GoLive.Faults;

/// <summary>What can be wrong with those who watch NAVI.</summary>
internal static class WatchFaults
{
    private const string Neighbour =
        """
        groups:
          - name: neighbour
            rules:
              - alert: NeighbourDown
                expr: vector(1)
                labels: {severity: page}
        """;

    public static PlantedFault OtherThreshold { get; } = AtPrometheus(
        "alerts", "one alert has another threshold", @"NaviDiskFull \(page\) is another at Prometheus: it asks 'navi_disk_free_bytes < 1024 \* 1024' instead of 'navi_disk_free_bytes < 1024 \* 1024 \* 1024'",
        p => p.Replace("alerts/navi-resources.yaml", "navi_disk_free_bytes < 1024 * 1024 * 1024", "navi_disk_free_bytes < 1024 * 1024"));

    public static PlantedFault MissingRules { get; } = AtPrometheus(
        "alerts", "Prometheus lacks a file of alerts", "Prometheus does not have NaviModelProviderFailing, NaviModelThrottled, NaviModelCircuitOpen, NaviModelSlow", p => p.Remove("alerts/navi-models.yaml"));

    public static PlantedFault LostProcess { get; } = AtPrometheus(
        "quiet", "a second target of NAVI can't be scraped", "1 of 2 targets of the job 'navi' can't be scraped",
        p => p.Scrape(s => ((Dictionary<object, object>)s.Items("static_configs").Single()).Items("targets").Add($"localhost:{FreePort.Take()}")));

    public static PlantedFault Page { get; } = AtPrometheus("quiet", "an alert fires that pages", "NeighbourDown fires", p => p.Add("alerts/neighbour.yaml", Neighbour));

    public static PlantedFault DroppedSeries { get; } = AtPrometheus(
        "dashboard-data", "Prometheus drops the series of models", "nothing to show in the last hour: navi-llm 0 of [0-9]+ panels",
        p => p.Scrape(s => s["metric_relabel_configs"] = new List<object>
        {
            new Dictionary<object, object> { ["source_labels"] = new List<object> { "__name__" }, ["regex"] = "navi_model_.*|navi_circuit_.*", ["action"] = "drop" },
        }));

    public static PlantedFault NoRouteForPages { get; } = new(
        "alert-routes", "pages have no route of their own", @"pages go where tickets go: page → slack \(webhook\), ticket → slack \(webhook\)", (scene, c) => scene.RouteAsync(tree => tree.Map("route").Items("routes").RemoveAt(0), c));

    public static PlantedFault MissingDashboard { get; } = AtGrafana("dashboards", "Grafana lacks a dashboard", "Grafana has no navi-tasks", grafana =>
    {
        var deleted = grafana.Delete("navi-tasks");
        return () => grafana.Save(deleted);
    });

    public static PlantedFault WrongToken { get; } = AtGrafana(
        "dashboards", "Grafana's token was revoked", @"Grafana answered api/dashboards/uid/navi-errors with 401: Invalid API key \(NAVI_GRAFANA_TOKEN must be .+\)", grafana =>
        {
            grafana.HasRevokedTokens = true;
            return () => grafana.HasRevokedTokens = false;
        });

    private static PlantedFault AtPrometheus(string item, string what, string says, Action<PrometheusPlan> plant) => new(item, what, says, (scene, _) =>
    {
        plant(scene.Prometheus);
        return Task.CompletedTask;
    });

    private static PlantedFault AtGrafana(string item, string what, string says, Func<SimulatedGrafana, Action> plant) => new(item, what, says, (scene, _) =>
    {
        var mend = plant(scene.Production.Grafana);
        scene.Mend(() =>
        {
            mend();
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    });
}
