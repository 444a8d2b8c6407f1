namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>Nothing is reached from the public network.</summary>
internal static class NetworkPolicy
{
    private static readonly Demand[] Demands =
    [
        new("Microsoft.Storage/storageAccounts", "properties.publicNetworkAccess", "Disabled"),
        new("Microsoft.Storage/storageAccounts", "properties.networkAcls.defaultAction", "Deny"),
        new("Microsoft.Storage/storageAccounts", "properties.allowBlobPublicAccess", "false"),
        new("Microsoft.Web/sites", "properties.publicNetworkAccess", "Disabled"),
        new("Microsoft.DBforPostgreSQL/flexibleServers", "properties.network.publicNetworkAccess", "Disabled"),
        new("Microsoft.KeyVault/vaults", "properties.publicNetworkAccess", "Disabled"),
        new("Microsoft.KeyVault/vaults", "properties.networkAcls.defaultAction", "Deny"),
        new("Microsoft.CognitiveServices/accounts", "properties.publicNetworkAccess", "Disabled"),
        new("Microsoft.CognitiveServices/accounts", "properties.networkAcls.defaultAction", "Deny"),
        new("Microsoft.OperationalInsights/workspaces", "properties.publicNetworkAccessForIngestion", "Disabled"),
        new("Microsoft.OperationalInsights/workspaces", "properties.publicNetworkAccessForQuery", "Disabled"),
        new("Microsoft.Insights/components", "properties.publicNetworkAccessForIngestion", "Disabled"),
        new("Microsoft.Insights/components", "properties.publicNetworkAccessForQuery", "Disabled"),
        new("Microsoft.Insights/dataCollectionEndpoints", "properties.networkAcls.publicNetworkAccess", "Disabled"),
        new("Microsoft.Monitor/accounts", "properties.publicNetworkAccess", "Disabled"),
        new("Microsoft.Dashboard/grafana", "properties.publicNetworkAccess", "Disabled"),
        new("Microsoft.DurableTask/schedulers", "properties.publicNetworkAccess", "Disabled"),
    ];

    // They open a service to addresses of the internet.
    private static readonly string[] Openings =
        ["Microsoft.DBforPostgreSQL/flexibleServers/firewallRules", "Microsoft.Network/loadBalancers", "Microsoft.Network/applicationGateways", "Microsoft.Cdn/profiles", "Microsoft.Network/bastionHosts"];

    public static Check Of(BicepTree tree) => new(
        "nothing is reached from the public network",
        [.. Demands.SelectMany(d => d.Problems(tree)), .. tree.Plan.SelectMany(r => Others(tree, r)).Distinct()]);

    // Whatever type it is, and whether or not the list above knows it.
    private static IEnumerable<string> Others(BicepTree tree, PlannedResource resource)
    {
        string At(string path, string value, string right) => $"{tree.Where(resource.Type)}: {resource.Type} {resource.Name} ({resource.Environment}): {path} is {value}; it must be {right}.";
        if (Openings.Any(resource.Is))
            yield return $"{tree.Where(resource.Type)}: {resource.Type} {resource.Name} ({resource.Environment}) opens a service to the internet; there must be none.";
        foreach (var (path, value) in resource.Values())
        {
            var name = path[(path.LastIndexOf('.') + 1)..];
            if (name.StartsWith("publicNetworkAccess", StringComparison.OrdinalIgnoreCase) && !value.Equals("Disabled", StringComparison.OrdinalIgnoreCase) && !Demands.Any(d => resource.Is(d.Type) && d.Path.Equals(path, StringComparison.OrdinalIgnoreCase)))
                yield return At(path, value, "Disabled");
            if (name.StartsWith("ipAllowlist", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ipRules", StringComparison.OrdinalIgnoreCase))
                yield return At(path, value, "absent");
            if (path.Contains("publicIPAddress.id", StringComparison.OrdinalIgnoreCase))
                yield return At(path, value, "absent: only a NAT gateway may have a public address, for the way out");
        }
    }
}
