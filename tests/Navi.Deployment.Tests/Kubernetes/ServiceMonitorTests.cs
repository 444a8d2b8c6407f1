using System.Text.Json;
using System.Text.Json.Nodes;
using Navi.DeploymentChecks.Kubernetes;
using Navi.Drills.Servers;
using Navi.Testing;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>A real Prometheus makes one target of many pods by the relabelings of the ServiceMonitor: the totals are the same from every pod.</summary>
public sealed class ServiceMonitorTests
{
    private static readonly Dictionary<string, string> Names = new() { ["sourceLabels"] = "source_labels", ["targetLabel"] = "target_label" };

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task Relabelings_OfThreePods_LeaveOneTarget(bool relabel, int targets)
    {
        var endpoint = (await Manifests.OverlayAsync("production/portable")).Of("ServiceMonitor").Single().Json.List("spec", "endpoints").Single();
        var relabelings = relabel ? endpoint.List("relabelings") : [];
        var place = Directory.CreateTempSubdirectory("navi-monitor-").FullName;
        try
        {
            var file = Path.Combine(place, "prometheus.yml");
            // JSON is YAML.
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
            {
                scrape_configs = new[]
                {
                    new
                    {
                        job_name = "navi",
                        metrics_path = endpoint.Text("path"),
                        static_configs = Enumerable.Range(1, 3).Select(n => new { targets = new[] { $"10.0.0.{n}:8080" }, labels = LabelsOf(n) }),
                        relabel_configs = relabelings.Select(r => new JsonObject(((JsonObject)r).Select(p => KeyValuePair.Create(Names.GetValueOrDefault(p.Key, p.Key), p.Value?.DeepClone())))),
                    },
                },
            }), TestContext.Current.CancellationToken);
            await using var prometheus = await ServerProcess.StartAsync("prometheus", [$"--config.file={file}", $"--storage.tsdb.path={place}/data"], TestContext.Current.CancellationToken);
            using var http = new HttpClient { BaseAddress = prometheus.Address };
            List<JsonNode> found = [];
            await Wait.UntilAsync(async () =>
            {
                found = [.. JsonNode.Parse(await http.GetStringAsync("/api/v1/targets?state=active")).List("data", "activeTargets")];
                return found.Count > 0;
            }, () => $"Prometheus found no target: {prometheus.Log}");

            Assert.Equal(targets, found.Count);
            if (relabel)
                Assert.Equal(("http://navi.navi-production.svc:80/metrics", "navi", (string?)null), (found[0].Text("scrapeUrl"), found[0].Text("labels", "job"), found[0].Text("labels", "pod")));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    // As Prometheus Operator gives them to an endpoint before a ServiceMonitor's own relabelings.
    private static Dictionary<string, string> LabelsOf(int pod) => new()
    {
        ["__meta_kubernetes_service_name"] = "navi", ["__meta_kubernetes_namespace"] = "navi-production",
        ["namespace"] = "navi-production", ["service"] = "navi", ["pod"] = $"navi-{pod}", ["container"] = "navi", ["endpoint"] = "http",
    };
}
