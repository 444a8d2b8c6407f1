using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Bicep;

/// <summary>A resource that a deployment with one environment's parameters would make, with every value that is known before it.</summary>
/// <param name="Environment">Name of the parameters' file.</param>
/// <param name="Type">Such as <c>Microsoft.Storage/storageAccounts</c>.</param>
/// <param name="Id">Its id; unique in the plan.</param>
/// <param name="Content">Its whole content.</param>
internal sealed record PlannedResource(string Environment, string Type, string Id, JsonObject Content)
{
    /// <summary>Its name without those of its parents.</summary>
    public string Name => Id[(Id.LastIndexOf('/') + 1)..];

    public bool Is(string type) => string.Equals(Type, type, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value at a path such as <c>properties.network.publicNetworkAccess</c>; null when there is none.</summary>
    public JsonNode? At(string path) => path.Split('.').Aggregate((JsonNode?)Content, (node, name) => (node as JsonObject)?.FirstOrDefault(p => string.Equals(p.Key, name, StringComparison.OrdinalIgnoreCase)).Value);

    /// <summary>The value as text; null when there is none.</summary>
    public string? Text(string path) => At(path)?.ToString();

    /// <summary>Every value in it with its path.</summary>
    public IEnumerable<(string Path, string Value)> Values() => Walk("", Content);

    private static IEnumerable<(string, string)> Walk(string at, JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Walk(at.Length == 0 ? p.Key : $"{at}.{p.Key}", p.Value)),
        JsonArray a => a.SelectMany((v, i) => Walk($"{at}[{i}]", v)),
        null => [],
        _ => [(at, node.ToString())],
    };
}
