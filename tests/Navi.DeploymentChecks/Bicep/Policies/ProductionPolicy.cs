namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>Production survives the loss of a zone, a region, a table and a model.</summary>
internal static class ProductionPolicy
{
    /// <summary>Server parameters of PostgreSQL.</summary>
    public const string Parameters = Server + "/configurations";

    private const string Server = "Microsoft.DBforPostgreSQL/flexibleServers";
    private const string Production = "production";

    private static readonly (string Path, string Right)[] Primary =
        [("properties.highAvailability.mode", "ZoneRedundant"), ("properties.backup.backupRetentionDays", "35"), ("properties.backup.geoRedundantBackup", "Enabled")];

    private static readonly string[] Locked = ["Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.KeyVault/vaults", "Microsoft.Storage/storageAccounts", "Microsoft.Web/sites"];

    /// <summary>Standby, backups, replica, pooler and a second region of models.</summary>
    public static Check Survives(BicepTree tree)
    {
        var plan = tree.Plan.Where(r => r.Environment == Production).ToList();
        var servers = plan.Where(r => r.Is(Server)).ToList();
        var replicas = servers.Where(IsReplica).ToList();
        var at = $"{tree.Where(Server)} with infra-bicep/parameters/{Production}.bicepparam";
        return new("production has a standby in another zone, 35 days of backups in two regions, a replica, PgBouncer and models in two regions",
        [
            .. servers.Except(replicas).SelectMany(s => Primary.Where(p => s.Text(p.Path) != p.Right).Select(p => $"{at}: {s.Name}: {p.Path} is {s.Text(p.Path) ?? "not set"}; it must be {p.Right}.")),
            .. servers.Count == replicas.Count ? [$"{at}: there is no server of its own; there must be one."] : Array.Empty<string>(),
            .. replicas.Count != 1 ? [$"{at}: there are {replicas.Count} replicas; there must be one (database.replica create, later keep)."] : Array.Empty<string>(),
            .. replicas.Where(r => r.Text("properties.highAvailability.mode") != "Disabled").Select(r => $"{at}: {r.Name}: a replica can have no standby; properties.highAvailability.mode must be Disabled."),
            .. plan.Any(r => r.Is(Server + "/virtualEndpoints")) ? Array.Empty<string>() : [$"{at}: there is no virtual endpoint; there must be one, which follows the writing server."],
            .. plan.Any(r => r.Is(Parameters) && r.Name == "pgbouncer.enabled" && r.Text("properties.value") == "true") ? Array.Empty<string>() : [$"{at}: server parameter pgbouncer.enabled must be true."],
            .. plan.Where(r => r.Is("Microsoft.CognitiveServices/accounts")).Select(r => r.Text("location")).Distinct().Count() < 2 ? [$"infra-bicep/parameters/{Production}.bicepparam: models are in one region; there must be two."] : Array.Empty<string>(),
        ]);
    }

    /// <summary>What can't be made again can't be deleted by mistake.</summary>
    public static Check Locks(BicepTree tree)
    {
        var locks = tree.Plan.Where(r => r.Environment == Production && r.Is("Microsoft.Authorization/locks") && r.Text("properties.level") == "CanNotDelete").Select(r => r.Id).ToList();
        return new("production has delete locks on what can't be made again",
        [
            .. tree.Plan.Where(r => r.Environment == Production && Locked.Any(r.Is) && !IsReplica(r) && !locks.Any(l => l.StartsWith($"{r.Id}/providers/Microsoft.Authorization/locks/", StringComparison.OrdinalIgnoreCase)))
                .Select(r => $"{tree.Where(r.Type)}: {r.Type} {r.Name} ({Production}) has no lock; it must have CanNotDelete."),
        ]);
    }

    private static bool IsReplica(PlannedResource server) => server.Text("properties.createMode") is "Replica" or "Update";
}
