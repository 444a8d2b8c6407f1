using System.Text.RegularExpressions;

namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>Nothing speaks less than TLS 1.2.</summary>
internal static partial class TlsPolicy
{
    private static readonly Demand[] Demands =
    [
        new("Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", "TLS1_2", "TLS1_3"),
        new("Microsoft.Storage/storageAccounts", "properties.supportsHttpsTrafficOnly", "true"),
        new("Microsoft.Web/sites", "properties.httpsOnly", "true"),
        new("Microsoft.Web/sites", "properties.siteConfig.minTlsVersion", "1.2", "1.3"),
        new("Microsoft.Web/sites", "properties.siteConfig.scmMinTlsVersion", "1.2", "1.3"),
        new("Microsoft.Web/sites", "properties.siteConfig.ftpsState", "Disabled"),
    ];

    public static Check Of(BicepTree tree) => new("nothing speaks less than TLS 1.2", [.. Demands.SelectMany(d => d.Problems(tree)), .. tree.Plan.SelectMany(r => Others(tree, r)), .. tree.Environments.SelectMany(e => Database(tree, e))]);

    private static IEnumerable<string> Others(BicepTree tree, PlannedResource resource) => resource.Values()
        .Where(v => Version().IsMatch(v.Path) && !Demands.Any(d => resource.Is(d.Type) && d.Path.Equals(v.Path, StringComparison.OrdinalIgnoreCase)) && !Right().IsMatch(v.Value))
        .Select(v => $"{tree.Where(resource.Type)}: {resource.Type} {resource.Name} ({resource.Environment}): {v.Path} is {v.Value}; it must be TLS 1.2 or 1.3.");

    private static IEnumerable<string> Database(BicepTree tree, string environment)
    {
        var settings = tree.Plan.Where(r => r.Environment == environment && r.Is(ProductionPolicy.Parameters)).ToDictionary(r => r.Name, r => r.Text("properties.value"));
        foreach (var (name, right) in new[] { ("require_secure_transport", "on"), ("ssl_min_protocol_version", "TLSv1.2") })
        {
            if (settings.GetValueOrDefault(name) != right)
                yield return $"{tree.Where(ProductionPolicy.Parameters)}: server parameter {name} ({environment}) is {settings.GetValueOrDefault(name) ?? "not set"}; it must be {right}.";
        }
    }

    [GeneratedRegex(@"(min\w*TlsVersion|minTls\w*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Version();

    [GeneratedRegex(@"^(TLS|TLSv)?1[._][23]$", RegexOptions.IgnoreCase)]
    private static partial Regex Right();
}
