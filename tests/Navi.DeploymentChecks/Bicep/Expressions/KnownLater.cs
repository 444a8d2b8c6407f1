using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Bicep.Expressions;

/// <summary>Values of the kinds that Azure makes up during a deployment, by the name of the property that holds them.</summary>
internal sealed class KnownLater
{
    private const string Mark = "$later";

    // Parts of a path that say nothing of the value.
    private static readonly string[] Wrappers = ["outputs", "properties", "value", "authentication", "metricsIngestion", "primaryEndpoints"];

    private static readonly Dictionary<string, string> Samples = new(StringComparer.OrdinalIgnoreCase)
    {
        ["clientId"] = "44444444-4444-4444-4444-444444444444",
        ["principalId"] = "55555555-5555-5555-5555-555555555555",
        ["ConnectionString"] = "InstrumentationKey=66666666-6666-6666-6666-666666666666;IngestionEndpoint=https://region.in.applicationinsights.azure.com/",
        ["keyUriWithVersion"] = "https://sample.vault.azure.net/keys/sample/0123456789abcdef0123456789abcdef",
        ["fullyQualifiedDomainName"] = "sample.postgres.database.azure.com",
        ["host"] = "sample.postgres.database.azure.com",
        ["endpoint"] = "https://sample.example.com",
        ["immutableId"] = "dcr-0123456789abcdef",
        ["remoteWriteEndpoint"] = "https://sample.example.com/api/v1/write",
        ["ipAddress"] = "192.0.2.1",
        ["loginEndpoint"] = "https://login.example.com/",
        ["tenantId"] = "77777777-7777-7777-7777-777777777777",
        ["blob"] = "https://sample.blob.example.com/",
    };

    /// <summary>A value that is known later, of no property yet.</summary>
    public static JsonNode Named(string name) => new JsonObject { [Mark] = name };

    /// <summary>A property of one.</summary>
    public static JsonNode Named(JsonNode whole, string name) => Wrappers.Contains(name, StringComparer.OrdinalIgnoreCase) ? whole.DeepClone() : Named(name);

    public static bool IsOne(JsonNode? value) => value is JsonObject o && o.ContainsKey(Mark);

    /// <summary>The value itself, or one of its kind.</summary>
    /// <exception cref="FormatException">No value of that kind is known.</exception>
    public JsonNode? Settle(JsonNode? value) => !IsOne(value) ? value
        : Samples.TryGetValue(value![Mark]!.ToString(), out var sample) ? sample
        : throw new FormatException($"A value of the kind '{value[Mark]}' is known only after deployment, and this check has none in its place.");
}
