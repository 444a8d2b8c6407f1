using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>The environment variables that an overlay gives a container.</summary>
internal static class OverlaySettings
{
    /// <summary>Names and values. What comes from a secret has a value of the kind that belongs there: the checks know no secret.</summary>
    public static IReadOnlyDictionary<string, string> Of(Overlay overlay, JsonNode? container)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.List("envFrom"))
        {
            foreach (var (name, value) in overlay.Find("ConfigMap", source.Text("configMapRef", "name"))?.Json.At("data").Texts() ?? new Dictionary<string, string>())
                found[name] = value;
            foreach (var name in source.Text("secretRef", "name") is { } secret ? References.KeysOfSecret(overlay, secret) ?? [] : [])
                found[name] = OfTheKind(name);
        }
        foreach (var variable in container.List("env"))
            found[variable.Text("name") ?? ""] = variable.Text("value") ?? OfTheKind(variable.Text("name") ?? "");
        return found;
    }

    /// <summary>The variables of the container that serves.</summary>
    public static IReadOnlyDictionary<string, string> OfServer(Overlay overlay) => Of(overlay, overlay.Server?.Pod.List("containers").FirstOrDefault());

    private static string OfTheKind(string name) => name switch
    {
        _ when name.EndsWith("ConnectionString", StringComparison.Ordinal) => "Host=db.example.com;Database=navi;Username=navi;Password=n0tTheReal1;SSL Mode=VerifyFull",
        _ when name.EndsWith("Sha256", StringComparison.Ordinal) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))),
        _ => "n0tTheReal1-but-of-a-usual-length-for-a-key",
    };
}
