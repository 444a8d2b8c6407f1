using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>The restricted profile of Kubernetes' pod security standards, and what NAVI asks beyond it: a root file system that can't be written, a user of its own, bounds, and no token of the cluster.</summary>
internal static class PodSecurity
{
    private static readonly HashSet<string> Volumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    private static readonly string[] HostFields = ["hostNetwork", "hostPID", "hostIPC"];

    public static Check Of(IEnumerable<Overlay> overlays) => new(
        "every pod obeys the restricted pod security standard, as its own user, with a root file system that it can't write",
        [.. overlays.SelectMany(o => o.Named(o.Workloads.SelectMany(w => Pod(w).Concat(w.Containers.SelectMany(c => Container(w, c))).Select(p => $"{w.Object.Title}: {p}"))))]);

    private static IEnumerable<string> Pod(Workload workload)
    {
        var (pod, context) = (workload.Pod, workload.Pod.At("securityContext"));
        foreach (var field in HostFields.Where(f => pod.Flag(f) == true))
            yield return $"{field} is true; it must be left out";
        if (pod.Flag("automountServiceAccountToken") != false)
            yield return "automountServiceAccountToken must be false: NAVI asks the cluster nothing";
        if (context.Text("seccompProfile", "type") is not ("RuntimeDefault" or "Localhost"))
            yield return $"securityContext.seccompProfile.type is {context.Text("seccompProfile", "type") ?? "missing"}; it must be RuntimeDefault";
        foreach (var volume in pod.List("volumes"))
        {
            if (((JsonObject)volume).Select(p => p.Key).FirstOrDefault(k => k != "name") is { } kind && !Volumes.Contains(kind))
                yield return $"the volume {volume.Text("name")} is a {kind}, which the restricted standard forbids";
        }
    }

    private static IEnumerable<string> Container(Workload workload, JsonNode container)
    {
        var (name, own, pod) = (container.Text("name"), container.At("securityContext"), workload.Pod.At("securityContext"));
        if ((own.Flag("runAsNonRoot") ?? pod.Flag("runAsNonRoot")) != true)
            yield return $"container {name}: runAsNonRoot must be true";
        if ((own.Number("runAsUser") ?? pod.Number("runAsUser")) is not > 0)
            yield return $"container {name}: runAsUser must be a user's number, and not 0";
        if (own.Flag("allowPrivilegeEscalation") != false)
            yield return $"container {name}: allowPrivilegeEscalation must be false";
        if (own.Flag("privileged") == true)
            yield return $"container {name}: privileged must be left out";
        if (own.Flag("readOnlyRootFilesystem") != true)
            yield return $"container {name}: readOnlyRootFilesystem must be true";
        if (!own.List("capabilities", "drop").Any(c => c.Text() == "ALL") || own.List("capabilities", "add").Any())
            yield return $"container {name}: capabilities must drop ALL and add none";
        if (container.Text("resources", "requests", "cpu") is null || container.Text("resources", "requests", "memory") is null || container.Text("resources", "limits", "memory") is null)
            yield return $"container {name}: resources must have requests for cpu and memory and a limit for memory";
    }
}
