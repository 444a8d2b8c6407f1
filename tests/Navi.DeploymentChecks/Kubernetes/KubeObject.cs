using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>One rendered object.</summary>
/// <param name="Json">All of it.</param>
internal sealed record KubeObject(JsonNode Json)
{
    public string ApiVersion => Json.Text("apiVersion") ?? "";

    public string Kind => Json.Text("kind") ?? "";

    public string Name => Json.Text("metadata", "name") ?? "";

    public string? Namespace => Json.Text("metadata", "namespace");

    public IReadOnlyDictionary<string, string> Labels => Json.At("metadata", "labels").Texts();

    /// <summary>For people, such as <c>Deployment navi</c>.</summary>
    public string Title => $"{Kind} {Name}";
}
