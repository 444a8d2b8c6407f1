namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>What can tell of itself does, to the Log Analytics workspace.</summary>
internal static class DiagnosticsPolicy
{
    private const string Type = "Microsoft.Insights/diagnosticSettings";

    private static readonly string[] Tell =
    [
        "Microsoft.CognitiveServices/accounts", "Microsoft.Dashboard/grafana", "Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.Insights/components", "Microsoft.KeyVault/vaults",
        "Microsoft.Network/networkSecurityGroups", "Microsoft.Network/publicIPAddresses", "Microsoft.Network/virtualNetworks", "Microsoft.OperationalInsights/workspaces",
        "Microsoft.Storage/storageAccounts", "Microsoft.Storage/storageAccounts/blobServices", "Microsoft.Storage/storageAccounts/queueServices", "Microsoft.Storage/storageAccounts/tableServices",
        "Microsoft.Web/serverfarms", "Microsoft.Web/sites",
    ];

    // These have no resource logs, or their parent tells of them.
    private static readonly string[] Silent =
    [
        Type, "Microsoft.AlertsManagement/prometheusRuleGroups", "Microsoft.Authorization/locks", "Microsoft.Authorization/roleAssignments", "Microsoft.CognitiveServices/accounts/deployments",
        "Microsoft.Consumption/budgets", "Microsoft.Dashboard/grafana/managedPrivateEndpoints", "Microsoft.DBforPostgreSQL/flexibleServers/administrators",
        "Microsoft.DBforPostgreSQL/flexibleServers/configurations", "Microsoft.DBforPostgreSQL/flexibleServers/databases", "Microsoft.DBforPostgreSQL/flexibleServers/virtualEndpoints",
        "Microsoft.DurableTask/schedulers", "Microsoft.DurableTask/schedulers/taskHubs", "Microsoft.Insights/actionGroups", "Microsoft.Insights/dataCollectionEndpoints", "Microsoft.Insights/dataCollectionRules",
        "Microsoft.Insights/privateLinkScopes", "Microsoft.Insights/privateLinkScopes/scopedResources", "Microsoft.KeyVault/vaults/keys", "Microsoft.ManagedIdentity/userAssignedIdentities", "Microsoft.Monitor/accounts",
        "Microsoft.Network/natGateways", "Microsoft.Network/privateDnsZones", "Microsoft.Network/privateDnsZones/virtualNetworkLinks", "Microsoft.Network/privateEndpoints", "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "Microsoft.Resources/resourceGroups", "Microsoft.Storage/storageAccounts/blobServices/containers", "Microsoft.Web/sites/basicPublishingCredentialsPolicies", "Microsoft.Web/sites/config",
    ];

    public static Check Of(BicepTree tree)
    {
        var settings = tree.Plan.Where(r => r.Is(Type) && Sends(r)).Select(r => (r.Environment, r.Id)).ToList();
        return new("everything that can tell of itself has a diagnostic setting", [.. tree.Plan.SelectMany(r => Problems(tree, r, settings)).Distinct()]);
    }

    private static IEnumerable<string> Problems(BicepTree tree, PlannedResource resource, List<(string Environment, string Id)> settings)
    {
        if (Silent.Any(resource.Is))
            yield break;
        if (!Tell.Any(resource.Is))
            yield return $"{tree.Where(resource.Type)}: whether {resource.Type} has resource logs is not known to this check; it must be added to one of its lists.";
        else if (!settings.Any(s => s.Environment == resource.Environment && s.Id.StartsWith($"{resource.Id}/providers/{Type}/", StringComparison.OrdinalIgnoreCase)))
            yield return $"{tree.Where(resource.Type)}: {resource.Type} {resource.Name} ({resource.Environment}) has no {Type} with a workspace and something enabled; it must have one.";
    }

    private static bool Sends(PlannedResource setting) => setting.Text("properties.workspaceId") is { Length: > 0 } && setting.Values().Any(v => v.Path.EndsWith(".enabled", StringComparison.OrdinalIgnoreCase) && v.Value == "true");
}
