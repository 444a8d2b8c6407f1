namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>Whoever selects pods or services finds some.</summary>
internal static class Selectors
{
    public static Check Of(IEnumerable<Overlay> overlays) => new("every selector finds what it is for", [.. overlays.SelectMany(o => o.Named(Problems(o)))]);

    private static IEnumerable<string> Problems(Overlay overlay)
    {
        var pods = overlay.Workloads.Select(w => w.Labels).ToList();
        foreach (var workload in overlay.Workloads.Where(w => w.Object.Kind != "Job"))
        {
            if (Missing(Wanted(workload.Object, "spec", "selector", "matchLabels"), [workload.Labels]) is { } problem)
                yield return $"{workload.Object.Title} selects {problem}, which its own pods have not";
            foreach (var spread in workload.Pod.List("topologySpreadConstraints"))
            {
                if (Missing(spread.At("labelSelector", "matchLabels").Texts(), [workload.Labels]) is { } spreads)
                    yield return $"{workload.Object.Title}: topologySpreadConstraints of {spread.Text("topologyKey")} select {spreads}, which its own pods have not";
            }
        }
        foreach (var (item, wanted) in overlay.Of("Service").Select(s => (s, Wanted(s, "spec", "selector")))
            .Concat(overlay.Of("PodDisruptionBudget").Select(b => (b, Wanted(b, "spec", "selector", "matchLabels"))))
            .Concat(overlay.Of("NetworkPolicy").Where(p => Wanted(p, "spec", "podSelector", "matchLabels").Count > 0).Select(p => (p, Wanted(p, "spec", "podSelector", "matchLabels")))))
        {
            if (Missing(wanted, pods) is { } problem)
                yield return $"{item.Title} selects {problem}, which no pod has";
        }
        foreach (var monitor in overlay.Of("ServiceMonitor"))
        {
            if (Missing(Wanted(monitor, "spec", "selector", "matchLabels"), overlay.Of("Service").Select(s => s.Labels)) is { } problem)
                yield return $"{monitor.Title} selects {problem}, which no Service has";
        }
    }

    private static IReadOnlyDictionary<string, string> Wanted(KubeObject item, params ReadOnlySpan<string> path) => item.Json.At(path).Texts();

    // Null when somebody has them all.
    private static string? Missing(IReadOnlyDictionary<string, string> wanted, IEnumerable<IReadOnlyDictionary<string, string>> offered)
    {
        if (wanted.Count == 0)
            return "nothing in particular";
        return offered.Any(labels => wanted.All(w => labels.TryGetValue(w.Key, out var value) && value == w.Value)) ? null : string.Join(", ", wanted.Select(w => $"{w.Key}={w.Value}"));
    }
}
