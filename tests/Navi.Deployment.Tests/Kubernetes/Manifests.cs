using Navi.DeploymentChecks.Kubernetes;
using Navi.Testing;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>The tree's overlays, rendered once.</summary>
internal static class Manifests
{
    private static readonly Lazy<Task<IReadOnlyList<Overlay>>> Rendered = new(() => Kustomize.OverlaysAsync(SourceTree.Root, CancellationToken.None));

    public static async Task<Overlay> OverlayAsync(string name) => (await Rendered.Value).Single(o => o.Name == name);

    /// <summary>The query by which an overlay is scaled.</summary>
    public static async Task<string> QueryAsync(string overlay) =>
        (await OverlayAsync(overlay)).Of("ScaledObject").Single().Json.List("spec", "triggers").Single(t => t.Text("type") == "postgresql").Text("metadata", "query")!;
}
