namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>The key that protects what NAVI stores can neither be copied nor destroyed by one person, and is renewed.</summary>
internal static class KeyVaultPolicy
{
    private static readonly Demand[] Demands =
    [
        new("Microsoft.KeyVault/vaults", "properties.enableRbacAuthorization", "true"),
        new("Microsoft.KeyVault/vaults", "properties.enablePurgeProtection", "true"),
        new("Microsoft.KeyVault/vaults", "properties.softDeleteRetentionInDays", "90"),
        new("Microsoft.KeyVault/vaults", "properties.sku.name", "premium"),
        new("Microsoft.KeyVault/vaults/keys", "properties.kty", "RSA-HSM"),
    ];

    public static Check Of(BicepTree tree) => new("the wrapping key lies in an HSM, with RBAC, purge protection and rotation", [.. Demands.SelectMany(d => d.Problems(tree)), .. Rotation(tree)]);

    private static IEnumerable<string> Rotation(BicepTree tree) => tree.Plan.Where(r => r.Is("Microsoft.KeyVault/vaults/keys"))
        .Where(r => !r.Values().Any(v => v.Path.StartsWith("properties.rotationPolicy.lifetimeActions", StringComparison.OrdinalIgnoreCase) && v.Value.Equals("rotate", StringComparison.OrdinalIgnoreCase)))
        .Select(r => $"{tree.Where(r.Type)}: {r.Type} {r.Name} ({r.Environment}): properties.rotationPolicy has no action of type rotate; it must have one.");
}
