using Navi.DeploymentChecks.Settings;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>What the pods are told, held against what NAVI reads.</summary>
internal static class SettingsChecks
{
    private static readonly Dictionary<string, int> PoolSizes = new() { ["staging"] = 20, ["production"] = 50 };

    // What the Functions host and ASP.NET Core read in it.
    private static readonly HashSet<string> OfTheFunctionsHost =
        ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__accountName", "AzureFunctionsJobHost__Logging__Console__IsEnabled", "ASPNETCORE_URLS"];

    // Reading the options classes takes longer than all the rest.
    private static readonly Lazy<SettingNames> Known = new(() => new SettingNames());

    public static Check Names(IEnumerable<Overlay> overlays) => new(
        "every setting is one that NAVI, or the Functions host, has",
        [.. overlays.SelectMany(o => o.Named(o.Workloads.SelectMany(w => w.Containers).SelectMany(c => OverlaySettings.Of(o, c).Keys).Distinct().Select(v => Unknown(o, v)).OfType<string>()))]);

    public static Check Start(IEnumerable<Overlay> overlays) => new(
        "NAVI starts with the settings: none is missing, and none is refused",
        [.. overlays.SelectMany(o => o.Named(StartCheck.Problems(OverlaySettings.OfServer(o).Select(v => KeyValuePair.Create(v.Key, (string?)v.Value)))))]);

    public static Check Agreement(IEnumerable<Overlay> overlays) => new(
        "environment, pool, addresses and keys in the settings are those of the overlay", [.. overlays.SelectMany(o => o.Named(Disagreements(o, OverlaySettings.OfServer(o))))]);

    private static string? Unknown(Overlay overlay, string variable) => variable.StartsWith("Navi__", StringComparison.OrdinalIgnoreCase) ? Known.Value.Unknown(variable)
        : overlay.Runtime == "azure-functions" && OfTheFunctionsHost.Contains(variable) ? null
        : $"{variable} is read by nobody in the runtime {overlay.Runtime}";

    private static IEnumerable<string> Disagreements(Overlay overlay, IReadOnlyDictionary<string, string> settings)
    {
        if (settings.TryGetValue("Navi__Environment", out var environment) && !environment.Equals(overlay.Environment, StringComparison.OrdinalIgnoreCase))
            yield return $"Navi__Environment is {environment}; the overlay is {overlay.Environment}'s";
        var pool = settings.GetValueOrDefault("Navi__Database__PoolSize");
        if (!PoolSizes.TryGetValue(overlay.Environment, out var size) || pool != size.ToString(System.Globalization.CultureInfo.InvariantCulture))
            yield return $"Navi__Database__PoolSize is {pool ?? "missing"}; in {overlay.Environment} it must be {size}";
        var hosts = overlay.Of("Ingress").SelectMany(i => i.Json.List("spec", "rules")).Select(r => r.Text("host")).ToList();
        if (settings.TryGetValue("Navi__Issuer__PublicUrl", out var address) && Uri.TryCreate(address, UriKind.Absolute, out var url) && !hosts.Contains(url.Host))
            yield return $"Navi__Issuer__PublicUrl is {address}; the Ingress answers for {string.Join(", ", hosts)}";
        foreach (var host in overlay.Of("Ingress").SelectMany(i => i.Json.List("spec", "rules").Select(r => r.Text("host")).Except(i.Json.List("spec", "tls").SelectMany(t => t.List("hosts")).Select(h => h.Text()))))
            yield return $"the Ingress answers for {host} without TLS";
        foreach (var problem in Keys(overlay, settings).Concat(Workspaces(overlay, settings)))
            yield return problem;
    }

    private static IEnumerable<string> Keys(Overlay overlay, IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.TryGetValue("Navi__Encryption__KeyDirectory", out var directory) || !settings.TryGetValue("Navi__Encryption__KeyId", out var key))
            yield break;
        if (!Mounts(overlay, "containers").Contains(directory))
            yield return $"Navi__Encryption__KeyDirectory is {directory}, where the container mounts nothing";
        var secrets = overlay.Server?.Pod.List("volumes").Select(v => v.Text("secret", "secretName")).OfType<string>().ToList() ?? [];
        if (!secrets.Any(s => References.KeysOfSecret(overlay, s)?.Contains(key) == true))
            yield return $"Navi__Encryption__KeyId is {key}, which no mounted secret has";
    }

    private static IEnumerable<string> Workspaces(Overlay overlay, IReadOnlyDictionary<string, string> settings)
    {
        var shared = overlay.Server?.Pod.List("volumes").Where(v => v.At("persistentVolumeClaim") is not null).Select(v => v.Text("name")).ToHashSet() ?? [];
        var places = overlay.Server?.Pod.List("containers").SelectMany(c => c.List("volumeMounts")).Where(m => shared.Contains(m.Text("name"))).Select(m => m.Text("mountPath") + "/").ToList() ?? [];
        if (settings.TryGetValue("Navi__Workspace__Root", out var root) && !places.Any(p => root.StartsWith(p, StringComparison.Ordinal)))
            yield return $"Navi__Workspace__Root is {root}, which is not below the shared volume ({string.Join(", ", places)})";
        if (settings.TryGetValue("Navi__Home", out var home) && !Mounts(overlay, "containers").Contains(home))
            yield return $"Navi__Home is {home}, where the container mounts nothing";
    }

    private static IEnumerable<string?> Mounts(Overlay overlay, string containers) => overlay.Server?.Pod.List(containers).SelectMany(c => c.List("volumeMounts")).Select(m => m.Text("mountPath")) ?? [];
}
