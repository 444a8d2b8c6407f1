using Navi.Portable.Host.Serving;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>How pods come and go.</summary>
internal static class Lifecycle
{
    // From the signal to the end of the process, whatever is running, where a deployment names no other time.
    private static readonly int DrainSeconds = new ServeOptions().DrainSeconds;

    public static Check Grace(IEnumerable<Overlay> overlays) => new(
        "a pod has time to drain before it is killed", [.. overlays.SelectMany(o => o.Named(Grace(o)))]);

    public static Check Rollout(IEnumerable<Overlay> overlays) => new(
        "a rollout takes one pod after the other and no old one before a new one is ready, and an emptied machine takes one pod at a time", [.. overlays.SelectMany(o => o.Named(Rollout(o)))]);

    public static Check Migration(IEnumerable<Overlay> overlays) => new(
        "the migration Job runs the Deployment's image, with its settings", [.. overlays.SelectMany(o => o.Named(Migration(o)))]);

    private static IEnumerable<string> Grace(Overlay overlay)
    {
        if (overlay.Server is not { Pod: { } pod } server)
            yield break;
        var stop = pod.List("containers").First().At("lifecycle", "preStop");
        var before = stop.Number("sleep", "seconds") ?? (stop.List("exec", "command").Select(c => c.Text()).ToList() is ["sleep", var seconds] && int.TryParse(seconds, out var given) ? given : 0);
        if (before == 0)
            yield return $"{server.Object.Title}: preStop must sleep a few seconds, as requests still come until the endpoint is gone everywhere";
        var drain = OverlaySettings.OfServer(overlay).TryGetValue("Navi__Serve__DrainSeconds", out var set) && int.TryParse(set, out var own) ? own : DrainSeconds;
        var (needed, grace) = (before + drain, pod.Number("terminationGracePeriodSeconds") ?? 30);
        if (grace < needed)
            yield return $"{server.Object.Title}: terminationGracePeriodSeconds is {grace}; preStop ({before} s) and draining ({drain} s) need {needed}";
    }

    private static IEnumerable<string> Rollout(Overlay overlay)
    {
        if (overlay.Server is not { } server)
            yield break;
        var strategy = server.Object.Json.At("spec", "strategy");
        if (strategy.Text("type") != "RollingUpdate" || strategy.Number("rollingUpdate", "maxUnavailable") != 0 || strategy.Number("rollingUpdate", "maxSurge") != 1)
            yield return $"{server.Object.Title}: strategy must be RollingUpdate with maxUnavailable 0 and maxSurge 1";
        if (server.Object.Json.At("spec", "replicas") is not null)
            yield return $"{server.Object.Title}: replicas is named; KEDA says how many there are, and each apply would undo it";
        if (!overlay.Of("PodDisruptionBudget").Any(b => b.Json.Number("spec", "maxUnavailable") == 1))
            yield return "there must be a PodDisruptionBudget with maxUnavailable 1";
    }

    private static IEnumerable<string> Migration(Overlay overlay)
    {
        var jobs = overlay.Workloads.Where(w => w.Object.Kind == "Job").ToList();
        if (jobs is not [var job] || overlay.Server is not { } server)
        {
            yield return $"there must be one migration Job and one Deployment, and there are {jobs.Count} Jobs";
            yield break;
        }
        var (serves, migrates) = (server.Pod.List("containers").First(), job.Pod.List("containers").First());
        foreach (var other in overlay.Workloads.SelectMany(w => w.Containers.Select(c => (w, c))).Where(p => p.c.Text("image") != serves.Text("image")))
            yield return $"{other.w.Object.Title}: container {other.c.Text("name")} has the image {other.c.Text("image")}, the Deployment {serves.Text("image")}";
        if (migrates.List("command").LastOrDefault().Text() != "migrate")
            yield return $"{job.Object.Title}: its command must end with migrate";
        var (have, need) = (OverlaySettings.Of(overlay, migrates), OverlaySettings.OfServer(overlay));
        foreach (var setting in need.Keys.Where(k => k.StartsWith("Navi__Database__", StringComparison.Ordinal) && !have.ContainsKey(k)))
            yield return $"{job.Object.Title} is not told {setting}, which the Deployment is";
        if (job.Object.Json.Number("spec", "activeDeadlineSeconds") is null || job.Object.Json.Number("spec", "backoffLimit") is null)
            yield return $"{job.Object.Title}: activeDeadlineSeconds and backoffLimit must bound it";
    }
}
