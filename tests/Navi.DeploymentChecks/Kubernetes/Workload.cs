using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>An object that makes pods.</summary>
/// <param name="Object">The Deployment or Job.</param>
internal sealed record Workload(KubeObject Object)
{
    private static readonly string[] Kinds = ["Deployment", "StatefulSet", "DaemonSet", "Job"];

    public JsonNode? Pod => Object.Json.At("spec", "template", "spec");

    public IReadOnlyDictionary<string, string> Labels => Object.Json.At("spec", "template", "metadata", "labels").Texts();

    /// <summary>Those that run on, and before them those that run first.</summary>
    public IEnumerable<JsonNode> Containers => Pod.List("initContainers").Concat(Pod.List("containers"));

    public static IEnumerable<Workload> In(IEnumerable<KubeObject> objects) => objects.Where(o => Kinds.Contains(o.Kind)).Select(o => new Workload(o));
}
