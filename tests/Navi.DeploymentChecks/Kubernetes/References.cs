using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>What an object names by name is there: maps, secrets and their keys, claims, accounts, stores.</summary>
internal static class References
{
    // Which store a cluster has, the installation says.
    private const string InstallationsStore = "navi";

    public static Check Of(IEnumerable<Overlay> overlays) => new(
        "every ConfigMap, secret, key, volume claim and account that is named is there or comes from an ExternalSecret", [.. overlays.SelectMany(o => o.Named(Problems(o).Distinct()))]);

    /// <summary>The keys of a secret: those that it has, or that an ExternalSecret will give it; null when nobody makes it.</summary>
    public static IReadOnlyList<string>? KeysOfSecret(Overlay overlay, string? name)
    {
        var made = overlay.Of("ExternalSecret").Where(e => (e.Json.Text("spec", "target", "name") ?? e.Name) == name).SelectMany(e => e.Json.List("spec", "data").Select(d => d.Text("secretKey")!)).ToList();
        if (overlay.Find("Secret", name) is { } secret)
            made.AddRange(secret.Json.At("data").Texts().Keys.Concat(secret.Json.At("stringData").Texts().Keys));
        return made.Count == 0 ? null : made;
    }

    private static IEnumerable<string> Problems(Overlay overlay)
    {
        foreach (var workload in overlay.Workloads)
        {
            foreach (var problem in workload.Containers.SelectMany(c => Environment(overlay, c)).Concat(workload.Pod.List("volumes").SelectMany(v => Volume(overlay, v))))
                yield return $"{workload.Object.Title}: {problem}";
            if (workload.Pod.Text("serviceAccountName") is { } account && overlay.Find("ServiceAccount", account) is null)
                yield return $"{workload.Object.Title}: there is no ServiceAccount {account}";
        }
        foreach (var tls in overlay.Of("Ingress").SelectMany(i => i.Json.List("spec", "tls")).Select(t => t.Text("secretName")))
        {
            foreach (var problem in Secret(overlay, tls, "tls.crt").Concat(Secret(overlay, tls, "tls.key")))
                yield return $"Ingress: {problem}";
        }
        foreach (var problem in overlay.Of("TriggerAuthentication").SelectMany(t => t.Json.List("spec", "secretTargetRef")).SelectMany(r => Secret(overlay, r.Text("name"), r.Text("key")))
            .Concat(overlay.Of("ServiceMonitor").SelectMany(m => m.Json.List("spec", "endpoints")).Select(e => e.At("authorization", "credentials")).SelectMany(c => Secret(overlay, c.Text("name"), c.Text("key"))))
            .Concat(overlay.Of("ExternalSecret").Select(e => e.Json.At("spec", "secretStoreRef")).Where(r => r.Text("name") != InstallationsStore && overlay.Find("SecretStore", r.Text("name")) is null)
                .Select(r => $"there is no SecretStore {r.Text("name")}")))
            yield return problem;
    }

    private static IEnumerable<string> Environment(Overlay overlay, JsonNode container)
    {
        foreach (var source in container.List("envFrom"))
        {
            if (source.Text("configMapRef", "name") is { } map && overlay.Find("ConfigMap", map) is null)
                yield return $"there is no ConfigMap {map}";
            if (source.Text("secretRef", "name") is { } secret && KeysOfSecret(overlay, secret) is null)
                yield return $"no ExternalSecret makes the secret {secret}";
        }
        foreach (var from in container.List("env").Select(e => e.At("valueFrom")))
        {
            if (from.Text("configMapKeyRef", "name") is { } map && overlay.Find("ConfigMap", map)?.Json.At("data").Texts().ContainsKey(from.Text("configMapKeyRef", "key") ?? "") != true)
                yield return $"there is no key {from.Text("configMapKeyRef", "key")} in a ConfigMap {map}";
            if (from.Text("secretKeyRef", "name") is { } secret)
            {
                foreach (var problem in Secret(overlay, secret, from.Text("secretKeyRef", "key")))
                    yield return problem;
            }
        }
    }

    private static IEnumerable<string> Volume(Overlay overlay, JsonNode volume)
    {
        if (volume.Text("configMap", "name") is { } map && overlay.Find("ConfigMap", map) is null)
            yield return $"there is no ConfigMap {map}";
        if (volume.Text("secret", "secretName") is { } secret && KeysOfSecret(overlay, secret) is null)
            yield return $"no ExternalSecret makes the secret {secret}";
        if (volume.Text("persistentVolumeClaim", "claimName") is { } claim && overlay.Find("PersistentVolumeClaim", claim) is null)
            yield return $"there is no PersistentVolumeClaim {claim}";
    }

    private static IEnumerable<string> Secret(Overlay overlay, string? name, string? key)
    {
        if (KeysOfSecret(overlay, name) is not { } keys)
            yield return $"no ExternalSecret makes the secret {name}";
        else if (key is null || !keys.Contains(key))
            yield return $"the secret {name} has no key {key}; it has {string.Join(", ", keys)}";
    }
}
