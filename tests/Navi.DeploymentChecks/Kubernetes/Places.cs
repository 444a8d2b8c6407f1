namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>Namespaces, and the volumes that pods share.</summary>
internal static class Places
{
    private static readonly HashSet<string> OfTheCluster = ["Namespace", "StorageClass"];

    public static Check Namespaces(IEnumerable<Overlay> overlays) => new(
        "every object lies in the overlay's own namespace, which enforces the restricted pod security standard",
        [.. overlays.SelectMany(o => o.Named(Namespaces(o)))]);

    public static Check Volumes(IEnumerable<Overlay> overlays) => new(
        "a volume that several pods mount can be written by several, and every mount has its volume",
        [.. overlays.SelectMany(o => o.Named(o.Workloads.SelectMany(w => Volumes(o, w))))]);

    private static IEnumerable<string> Namespaces(Overlay overlay)
    {
        if (overlay.Of("Namespace").ToList() is not [var own])
        {
            yield return "there must be one Namespace";
            yield break;
        }
        if (!own.Labels.TryGetValue("pod-security.kubernetes.io/enforce", out var level) || level != "restricted")
            yield return $"{own.Title}: the label pod-security.kubernetes.io/enforce is {level ?? "missing"}; it must be restricted";
        foreach (var item in overlay.Objects.Where(i => !OfTheCluster.Contains(i.Kind) && i.Namespace != own.Name))
            yield return $"{item.Title} is in the namespace {item.Namespace ?? "that kubectl happens to use"}; it must be in {own.Name}";
    }

    private static IEnumerable<string> Volumes(Overlay overlay, Workload workload)
    {
        var volumes = workload.Pod.List("volumes").ToDictionary(v => v.Text("name") ?? "", v => v);
        foreach (var (container, mount) in workload.Containers.SelectMany(c => c.List("volumeMounts").Select(m => (c, m))))
        {
            if (!volumes.ContainsKey(mount.Text("name") ?? ""))
                yield return $"{workload.Object.Title}: container {container.Text("name")} mounts {mount.Text("name")}, which is no volume of its pod";
        }
        foreach (var name in volumes.Values.Select(v => v.Text("persistentVolumeClaim", "claimName")).OfType<string>())
        {
            // Also one pod alone meets its successor in a rollout.
            if (overlay.Find("PersistentVolumeClaim", name) is { } claim && !claim.Json.List("spec", "accessModes").Any(m => m.Text() == "ReadWriteMany"))
                yield return $"{claim.Title} has the access modes {string.Join(", ", claim.Json.List("spec", "accessModes").Select(m => m.Text()))}; {workload.Object.Title} needs ReadWriteMany";
        }
    }
}
