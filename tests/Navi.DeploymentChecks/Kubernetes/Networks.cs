using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>What the network policies let through.</summary>
internal static class Networks
{
    private const string NamespaceLabel = "kubernetes.io/metadata.name";

    public static Check Of(IEnumerable<Overlay> overlays) => new(
        "nothing comes in or goes out but from the ingress controller and Prometheus, and to names, the database and https", [.. overlays.SelectMany(o => o.Named(Problems(o)))]);

    private static IEnumerable<string> Problems(Overlay overlay)
    {
        var policies = overlay.Of("NetworkPolicy").ToList();
        if (!policies.Any(IsClosed))
            yield return "no NetworkPolicy selects every pod and lets nothing in or out";
        foreach (var policy in policies)
        {
            foreach (var problem in policy.Json.List("spec", "ingress").SelectMany(Ingress).Concat(policy.Json.List("spec", "egress").SelectMany(r => Egress(overlay, r))))
                yield return $"{policy.Title}: {problem}";
        }
        foreach (var (port, what) in new[] { (53, "names"), (5432, "the database"), (443, "https") })
        {
            if (!policies.Any(p => p.Json.At("spec", "podSelector") is JsonObject { Count: 0 } && p.Json.List("spec", "egress").Any(e => e.List("ports").Any(q => q.Number("port") == port))))
                yield return $"no NetworkPolicy lets every pod go to {what} (port {port})";
        }
    }

    private static bool IsClosed(KubeObject policy)
    {
        var types = policy.Json.List("spec", "policyTypes").Select(t => t.Text()).ToList();
        return policy.Json.At("spec", "podSelector") is JsonObject { Count: 0 } && types.Contains("Ingress") && types.Contains("Egress") && !policy.Json.List("spec", "ingress").Any() && !policy.Json.List("spec", "egress").Any();
    }

    private static IEnumerable<string> Ingress(JsonNode rule)
    {
        if (!rule.List("from").Any())
            yield return "it lets requests in from everywhere";
        if (!rule.List("ports").Any())
            yield return "it lets requests in to every port";
        foreach (var peer in rule.List("from").Where(p => p.At("namespaceSelector", "matchLabels").Texts().Count == 0))
            yield return $"it lets requests in from {peer.ToJsonString()}, which names no namespace";
    }

    private static IEnumerable<string> Egress(Overlay overlay, JsonNode rule)
    {
        if (!rule.List("ports").Any() || !rule.List("to").Any())
            yield return "it lets pods go to every port or to everywhere";
        foreach (var peer in rule.List("to"))
        {
            var there = peer.At("namespaceSelector", "matchLabels").Texts();
            // kustomize adds labels to selectors when it is asked to, also to those of pods that are not ours.
            if (there.TryGetValue(NamespaceLabel, out var space) && !overlay.Of("Namespace").Any(n => n.Name == space) && peer.At("podSelector", "matchLabels").Texts().ContainsKey("app.kubernetes.io/name")
                && peer.Text("podSelector", "matchLabels", "app.kubernetes.io/name") == "navi")
                yield return $"it lets pods go to NAVI's pods in the namespace {space}, where there are none";
            if (peer.Text("ipBlock", "cidr") == "0.0.0.0/0" && !peer.List("ipBlock", "except").Any(e => e.Text() == "169.254.0.0/16"))
                yield return "it lets pods go to the machines' metadata service: except 169.254.0.0/16";
        }
    }
}
