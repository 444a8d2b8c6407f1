namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>The checks of the Kubernetes manifests.</summary>
internal static class KubernetesChecks
{
    private static readonly string[] Expected = ["production/azure-functions", "production/portable", "staging/azure-functions", "staging/portable"];

    /// <summary>Renders every overlay and looks at it.</summary>
    /// <param name="root">The repository, or a copy of it with k8s-keda, host.json and the SQL.</param>
    /// <param name="cancellation">Ends kubectl.</param>
    public static async Task<CheckSection> RunAsync(string root, CancellationToken cancellation)
    {
        var all = await Kustomize.OverlaysAsync(root, cancellation);
        var overlays = all.Where(o => o.Problem is null).ToList();
        return new CheckSection("Kubernetes", $"{all.Count} overlays, {overlays.Sum(o => o.Objects.Count)} objects", [Rendered(all), .. Checks(root, overlays)]);
    }

    /// <summary>Every check of overlays that were rendered.</summary>
    public static IReadOnlyList<Check> Checks(string root, IReadOnlyList<Overlay> overlays) =>
    [
        StrictTypes.Of(overlays),
        CustomResources.Of(overlays),
        PodSecurity.Of(overlays),
        Places.Namespaces(overlays),
        Places.Volumes(overlays),
        Selectors.Of(overlays),
        Ports.Of(overlays),
        Networks.Of(overlays),
        References.Of(overlays),
        SettingsChecks.Names(overlays),
        SettingsChecks.Start(overlays),
        SettingsChecks.Agreement(overlays),
        Lifecycle.Grace(overlays),
        Lifecycle.Rollout(overlays),
        Lifecycle.Migration(overlays),
        Scaling.Bounds(root, overlays),
        Scaling.Queries(root, overlays),
        Scaling.Queues(root, overlays),
    ];

    private static Check Rendered(IReadOnlyList<Overlay> overlays) => new("kubectl renders the overlays of both environments for both runtimes",
    [
        .. overlays.Where(o => o.Problem is not null).Select(o => $"{o.Name}: {o.Problem}"),
        .. Expected.Except(overlays.Select(o => o.Name)).Select(n => $"{n}: there is no k8s-keda/overlays/{n}/kustomization.yaml"),
    ]);
}
