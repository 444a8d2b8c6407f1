using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>A request's way from the Ingress to the process, and the ways of probes and Prometheus.</summary>
internal static class Ports
{
    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    public static Check Of(IEnumerable<Overlay> overlays) => new(
        "Ingress, Service, container, probes, network policies and ServiceMonitor mean the same ports", [.. overlays.SelectMany(o => o.Named(Problems(o)))]);

    private static IEnumerable<string> Problems(Overlay overlay)
    {
        if (overlay.Server is not { } server)
            return ["there is no Deployment"];
        var container = server.Pod.List("containers").First();
        var open = container.List("ports").ToList();
        return Container(server, container, open).Concat(Service(overlay, open)).Concat(Policies(overlay, open));
    }

    private static IEnumerable<string> Container(Workload server, JsonNode container, List<JsonNode> open)
    {
        foreach (var (probe, path) in Probes.Zip(["/healthz", "/healthz", "/readyz"]))
        {
            if (!IsOpen(open, container.Text(probe, "httpGet", "port")))
                yield return $"{server.Object.Title}: {probe} asks the port {container.Text(probe, "httpGet", "port") ?? "(none)"}; the container has {Names(open)}";
            if (container.Text(probe, "httpGet", "path") != path)
                yield return $"{server.Object.Title}: {probe} asks for {container.Text(probe, "httpGet", "path")}; it must be {path}";
        }
    }

    private static IEnumerable<string> Service(Overlay overlay, List<JsonNode> open)
    {
        foreach (var service in overlay.Of("Service"))
        {
            foreach (var target in service.Json.List("spec", "ports").Select(p => p.Text("targetPort") ?? p.Text("port")).Where(t => !IsOpen(open, t)))
                yield return $"{service.Title} goes to the port {target}; the container has {Names(open)}";
        }
        foreach (var (ingress, backend) in overlay.Of("Ingress").SelectMany(i => i.Json.List("spec", "rules").SelectMany(r => r.List("http", "paths")).Select(p => (i, p.At("backend", "service")))))
        {
            if (overlay.Find("Service", backend.Text("name")) is not { } service)
                yield return $"{ingress.Title} goes to the Service {backend.Text("name")}, which is not there";
            else if (!service.Json.List("spec", "ports").Any(p => p.Text("name") == backend.Text("port", "name") || p.Number("port") == backend.Number("port", "number")))
                yield return $"{ingress.Title} goes to the port {backend.Text("port", "name") ?? backend.Text("port", "number")} of {service.Title}, which has {Names([.. service.Json.List("spec", "ports")])}";
        }
        foreach (var (monitor, port) in overlay.Of("ServiceMonitor").SelectMany(m => m.Json.List("spec", "endpoints").Select(e => (m, e.Text("port")))))
        {
            if (!overlay.Of("Service").Any(s => s.Json.List("spec", "ports").Any(p => p.Text("name") == port)))
                yield return $"{monitor.Title} scrapes the port {port}, which no Service has";
        }
    }

    private static IEnumerable<string> Policies(Overlay overlay, List<JsonNode> open)
    {
        foreach (var (policy, port) in overlay.Of("NetworkPolicy").SelectMany(p => p.Json.List("spec", "ingress").SelectMany(i => i.List("ports")).Select(i => (p, i.Text("port")))))
        {
            if (!IsOpen(open, port))
                yield return $"{policy.Title} lets requests in to the port {port}; the container has {Names(open)}";
        }
    }

    private static bool IsOpen(List<JsonNode> open, string? port) => port is not null && open.Any(o => o.Text("name") == port || o.Text("containerPort") == port);

    private static string Names(IReadOnlyList<JsonNode> ports) => ports.Count == 0 ? "none" : string.Join(", ", ports.Select(p => $"{p.Text("name")} ({p.Text("containerPort") ?? p.Text("port")})"));
}
