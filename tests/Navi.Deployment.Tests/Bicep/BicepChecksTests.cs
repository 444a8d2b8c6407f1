using Navi.DeploymentChecks.Bicep;
using Navi.Testing;

namespace Navi.Deployment.Tests.Bicep;

/// <summary>The checks of infra-bicep/ hold on the tree, and each planted fault is found by the one check that is about it.</summary>
public sealed class BicepChecksTests
{
    private const string Main = "infra-bicep/main.bicep";
    private const string App = "infra-bicep/modules/function-app.bicep";
    private const string Storage = "infra-bicep/modules/storage.bicep";
    private const string Vault = "infra-bicep/modules/key-vault.bicep";
    private const string Database = "infra-bicep/modules/postgresql.bicep";
    private const string Monitoring = "infra-bicep/modules/monitoring.bicep";
    private const string Scheduler = "infra-bicep/modules/durable-task-scheduler.bicep";
    private const string Document = "docs/DATABASE.md";
    private const string Production = "infra-bicep/parameters/production.bicepparam";

    /// <summary>Faults that can be planted together, since a run of the compiler takes long: which run, file, what is right there, what is planted, the check that must find it, and what it must say.</summary>
    private static readonly (int Run, string File, string Right, string Wrong, string Check, string Says)[] Faults =
    [
        (1, App, "  Navi__Home: home\n", "", "NAVI would start", "Navi:Home is missing"),
        (1, App, "Navi__Telemetry__DailyCostTargetUsd:", "Navi__Telemetry__DailyCostTargetUsds:", "is known", "the nearest is Navi__Telemetry__DailyCostTargetUsd"),
        (2, App, "  Navi__Home: home\n", "  Navi__Home: home\n  Navi__Database__Retries: '3'\n", "is known", "Navi__Database__Retries is not a setting of NAVI"),
        (2, App, "  AZURE_CLIENT_ID: appClientId\n", "  AZURE_CLIENT_ID: appClientId\n  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'\n", "is known", "FUNCTIONS_WORKER_RUNTIME"),
        (1, App, "  Navi__Database__DirectConnectionString: '${connection};Port=5432'\n", "", "needs on Azure", "Navi__Database__DirectConnectionString"),
        (2, App, "DirectConnectionString: '${connection};Port=5432'", "DirectConnectionString: '${connection};Port=6432'", "needs on Azure", "it must be 5432"),
        (2, App, "SSL Mode=VerifyFull", "SSL Mode=Require", "NAVI would start", "SSL Mode=VerifyFull"),
        (1, Storage, "publicNetworkAccess: 'Disabled'", "publicNetworkAccess: 'Enabled'", "public network", "properties.publicNetworkAccess is Enabled; it must be Disabled"),
        (1, Scheduler, "ipAllowlist: []", "ipAllowlist: ['0.0.0.0/0']", "public network", "properties.ipAllowlist[0] is 0.0.0.0/0; it must be absent"),
        (1, Storage, "minimumTlsVersion: 'TLS1_2'", "minimumTlsVersion: 'TLS1_0'", "TLS 1.2", "properties.minimumTlsVersion is TLS1_0"),
        (1, Database, "value: 'TLSv1.2'", "value: 'TLSv1.1'", "TLS 1.2", "ssl_min_protocol_version"),
        (1, Document, "| `log_temp_files` | `10240` |", "| `log_temp_files` | `1024` |", "those of docs/DATABASE.md", "log_temp_files (staging) is 1024; infra-bicep/modules/postgresql.bicep sets it to 10240"),
        (1, Document, "`50` in production", "`40` in production", "those of docs/DATABASE.md", "pgbouncer.default_pool_size (production) is 40"),
        (2, Database, "  { name: 'log_lock_waits', value: 'on' }\n", "  { name: 'log_lock_waits', value: 'on' }\n  { name: 'log_checkpoints', value: 'on' }\n", "those of docs/DATABASE.md", "log_checkpoints is not in its table"),
        (2, Database, "  { name: 'track_io_timing', value: 'on' }\n", "", "those of docs/DATABASE.md", "track_io_timing is in its table, and nothing sets it"),
        (1, Storage, "allowSharedKeyAccess: false", "allowSharedKeyAccess: true", "shared key", "properties.allowSharedKeyAccess is true; it must be false"),
        (1, Monitoring, "output grafanaName string = grafana.name\n", "output grafanaName string = grafana.name\noutput insightsConnection string = insights.properties.ConnectionString\n", "no output holds a secret", "output insightsConnection"),
        (1, Vault, "enablePurgeProtection: true", "enablePurgeProtection: null", "purge protection", "enablePurgeProtection is not set"),
        (1, Vault, "guid(vault::wrapping.id, common.identity, roleIds.keyVaultCryptoServiceEncryptionUser)", "'8f6f2a52-9f0a-4c55-9a32-3a3a7f0d6c11'", "named by guid()", "8f6f2a52"),
        (1, Vault, "  scope: vault\n  properties: {\n    workspaceId: logs", "  scope: vault::wrapping\n  properties: {\n    workspaceId: logs", "diagnostic setting", "Microsoft.KeyVault/vaults navi"),
        (1, Production, "zoneRedundant: true", "zoneRedundant: false", "standby in another zone", "properties.highAvailability.mode is Disabled; it must be ZoneRedundant"),
        (1, Production, "backupDays: 35", "backupDays: 30", "standby in another zone", "backupRetentionDays is 30; it must be 35"),
        (1, Production, "replica: 'create'", "replica: 'none'", "standby in another zone", "there are 0 replicas"),
        (1, Production, "param locks = true", "param locks = false", "delete locks", "has no lock"),
        (4, Main, "output identityName", "param nobodyUsesIt string = ''\noutput identityName", "without a warning", "no-unused-params"),
        (3, Main, "  tags: tags\n}\n\nvar common", "  tags: tags\n  colour: 'blue'\n}\n\nvar common", "without a warning", "BCP037"),
        (1, "prometheus/alerts/navi-work.yaml", "sum(navi_durable_backlog) > 200", "sum(navi_durable_backlog) > 300", "those of prometheus/", "prometheus-rules.json"),
    ];

    [Fact]
    public async Task RunAsync_OfTheTree_Holds()
    {
        var section = await BicepChecks.RunAsync(SourceTree.Root, CancellationToken.None);

        Assert.Empty(section.Checks.SelectMany(c => c.Problems));
        Assert.EndsWith(" 0 warnings", section.Figures, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task RunAsync_WithFaults_EachIsFoundByItsCheckAndNothingElseIs(int run)
    {
        using var tree = new CopiedTree("infra-bicep", "prometheus", Document);
        var planted = Faults.Where(f => f.Run == run).ToList();
        foreach (var fault in planted)
            tree.Replace(fault.File, fault.Right, fault.Wrong);

        var found = (await BicepChecks.RunAsync(tree.Root, CancellationToken.None)).Checks.Where(c => !c.Holds).ToList();

        Assert.All(planted, f => Assert.Contains(found.Where(c => c.Name.Contains(f.Check, StringComparison.Ordinal)).SelectMany(c => c.Problems), p => p.Contains(f.Says, StringComparison.Ordinal)));
        Assert.All(found, c => Assert.Contains(planted, f => c.Name.Contains(f.Check, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RunAsync_WithAModuleThatNobodyUses_SaysSo()
    {
        using var tree = new CopiedTree("infra-bicep", "prometheus", Document);
        tree.Write("infra-bicep/modules/idle.bicep", "output nothing string = ''\n");

        var found = (await BicepChecks.RunAsync(tree.Root, CancellationToken.None)).Checks.Where(c => !c.Holds);

        Assert.Contains("infra-bicep/modules/idle.bicep", Assert.Single(Assert.Single(found).Problems), StringComparison.Ordinal);
    }
}
