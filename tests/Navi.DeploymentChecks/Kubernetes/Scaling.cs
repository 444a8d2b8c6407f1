using System.Text.Json.Nodes;
using Navi.Portable.Durable;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>What scales the pods, held against the program and its database.</summary>
internal static class Scaling
{
    public static Check Bounds(string root, IEnumerable<Overlay> overlays) => new(
        "KEDA scales the Deployment, never to zero, and asks no pod to hold more work than it has places for", [.. overlays.SelectMany(o => o.Named(Bounds(o, Places(root, o))))]);

    public static Check Queries(string root, IEnumerable<Overlay> overlays)
    {
        var views = ScalingViews.In(root);
        return new("the scaler's queries read views that its role may read", [.. overlays.SelectMany(o => o.Named(Triggers(o, "postgresql").SelectMany(t => Query(t.At("metadata"), views))))]);
    }

    public static Check Queues(string root, IEnumerable<Overlay> overlays) => new(
        "the scaler asks for the queues of host.json's hub, in the account that the Functions host uses", [.. overlays.Where(o => o.Runtime == "azure-functions").SelectMany(o => o.Named(Queues(o, HostFile.Read(root))))]);

    private static IEnumerable<string> Bounds(Overlay overlay, Func<JsonNode, int?> places)
    {
        if (overlay.Of("ScaledObject").ToList() is not [var scaled])
        {
            yield return "there must be one ScaledObject";
            yield break;
        }
        var spec = scaled.Json.At("spec");
        if (overlay.Find(spec.Text("scaleTargetRef", "kind") ?? "Deployment", spec.Text("scaleTargetRef", "name")) is null)
            yield return $"{scaled.Title} scales {spec.Text("scaleTargetRef", "kind")} {spec.Text("scaleTargetRef", "name")}, which is not there";
        var (least, most, fallback) = (spec.Number("minReplicaCount") ?? 0, spec.Number("maxReplicaCount") ?? 100, spec.Number("fallback", "replicas"));
        if (least < 1)
            yield return $"{scaled.Title}: minReplicaCount is {least}; timers and whoever calls need a pod at every time";
        if (fallback is null || fallback < least || fallback > most)
            yield return $"{scaled.Title}: fallback.replicas is {fallback?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}; it must be from {least} to {most}";
        if (spec.Number("advanced", "horizontalPodAutoscalerConfig", "behavior", "scaleDown", "stabilizationWindowSeconds") is not >= 60)
            yield return $"{scaled.Title}: scaleDown.stabilizationWindowSeconds must be 60 or more, or pods go whenever work pauses";
        foreach (var trigger in spec.List("triggers"))
        {
            if (overlay.Find("TriggerAuthentication", trigger.Text("authenticationRef", "name")) is null)
                yield return $"{scaled.Title}: the trigger {trigger.Text("name")} has no TriggerAuthentication {trigger.Text("authenticationRef", "name")}";
            var target = trigger.Number("metadata", "targetQueryValue") ?? trigger.Number("metadata", "queueLength");
            if (target is not > 0 || target > places(trigger))
                yield return $"{scaled.Title}: the trigger {trigger.Text("name")} asks a pod to hold {target?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}; it must be from 1 to {places(trigger)}, its places";
        }
    }

    private static IEnumerable<string> Query(JsonNode? metadata, IReadOnlySet<string> views)
    {
        var read = ScalingViews.ReadBy(metadata.Text("query") ?? "").ToList();
        if (read.Count == 0)
            yield return "a postgresql trigger has no query that reads anything";
        foreach (var other in read.Where(r => !views.Contains(r)))
            yield return $"a query reads {other}; the role navi_scaler may read {string.Join(", ", views)}";
    }

    private static IEnumerable<string> Queues(Overlay overlay, HostFile host)
    {
        var asked = Triggers(overlay, "azure-queue").Select(t => t.At("metadata")).ToList();
        var names = asked.Select(m => m.Text("queueName") ?? "").ToList();
        foreach (var missing in host.Queues.Except(names))
            yield return $"no trigger asks for the queue {missing} of the hub {host.Hub}";
        foreach (var other in names.Except(host.Queues))
            yield return $"a trigger asks for the queue {other}, which the hub {host.Hub} has not";
        var account = OverlaySettings.OfServer(overlay).GetValueOrDefault("AzureWebJobsStorage__accountName");
        foreach (var other in asked.Where(m => m.Text("accountName") != account))
            yield return $"the trigger for {other.Text("queueName")} asks the account {other.Text("accountName")}; AzureWebJobsStorage__accountName is {account}";
    }

    private static Func<JsonNode, int?> Places(string root, Overlay overlay)
    {
        if (overlay.Runtime != "azure-functions")
            return _ => new DurableOptions().MaxConcurrentActivities;
        var host = HostFile.Read(root);
        return trigger => trigger.Text("metadata", "queueName")?.Contains("-control-", StringComparison.Ordinal) == true ? host.Orchestrations : host.Activities;
    }

    private static IEnumerable<JsonNode> Triggers(Overlay overlay, string type) => overlay.Of("ScaledObject").SelectMany(s => s.Json.List("spec", "triggers")).Where(t => t.Text("type") == type);
}
