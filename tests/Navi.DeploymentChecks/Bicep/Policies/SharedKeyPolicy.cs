using System.Text.RegularExpressions;

namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>Nobody signs in with a key or a password that several could know.</summary>
internal static partial class SharedKeyPolicy
{
    private static readonly Demand[] Demands =
    [
        new("Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", "false"),
        new("Microsoft.CognitiveServices/accounts", "properties.disableLocalAuth", "true"),
        new("Microsoft.Insights/components", "properties.DisableLocalAuth", "true"),
        new("Microsoft.OperationalInsights/workspaces", "properties.features.disableLocalAuth", "true"),
        new("Microsoft.DBforPostgreSQL/flexibleServers", "properties.authConfig.passwordAuth", "Disabled"),
        new("Microsoft.DBforPostgreSQL/flexibleServers", "properties.authConfig.activeDirectoryAuth", "Enabled"),
        new("Microsoft.Dashboard/grafana", "properties.apiKey", "Disabled"),
        new("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "properties.allow", "false"),
        new("Microsoft.Web/sites", "properties.functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity"),
    ];

    public static Check Of(BicepTree tree) => new(
        "nobody signs in with a shared key or a password",
        [
            .. Demands.SelectMany(d => d.Problems(tree)),
            .. tree.Plan.SelectMany(r => r.Values().Where(v => Key().IsMatch(v.Value)).Select(v =>
                $"{tree.Where(r.Type)}: {r.Type} {r.Name} ({r.Environment}): {v.Path} holds a key or a password ({Key().Match(v.Value).Value}); it must name an identity instead.")),
        ]);

    [GeneratedRegex(@"\blist(Keys|AccountSas|ServiceSas|Secrets|Credentials|AdminKeys|QueryKeys)\(|AccountKey=|SharedAccessKey=|\bPassword=|administratorLoginPassword", RegexOptions.IgnoreCase)]
    private static partial Regex Key();
}
