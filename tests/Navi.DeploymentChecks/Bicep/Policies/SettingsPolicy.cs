using System.Text.Json.Nodes;
using Navi.DeploymentChecks.Bicep.Expressions;
using Navi.DeploymentChecks.Settings;
using Npgsql;

namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>The function app's settings are those of NAVI and of its host, NAVI would start with them, and they have what it needs on Azure.</summary>
internal static class SettingsPolicy
{
    private const string Type = "Microsoft.Web/sites/config";

    // The host's and the SDKs' own. https://learn.microsoft.com/azure/azure-functions/functions-app-settings
    private static readonly string[] OfTheHost =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__accountName",
        "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential", "AzureFunctionsJobHost__extensions__durableTask__hubName",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName", "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type",
        "DURABLE_TASK_SCHEDULER_CONNECTION_STRING",
    ];

    // Without these NAVI would start, and then do something else than is wanted on Azure.
    private static readonly string[] Necessary =
    [
        "AZURE_CLIENT_ID", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential", "AzureFunctionsJobHost__extensions__durableTask__hubName",
        "Navi__Database__Authentication", "Navi__Database__DirectConnectionString", "Navi__Database__PoolSize", "Navi__Issuer__PublicUrl", "Navi__Models__Entries__0__Name", "Navi__Telemetry__Export__AzureMonitorConnectionString",
        "Navi__Telemetry__Export__AzureMonitorIdentity", "Navi__Telemetry__Organisation", "Navi__Telemetry__RemoteWrite__Endpoint", "Navi__Workspace__Root",
    ];

    private static readonly Dictionary<string, string> Pools = new() { ["staging"] = "20", ["production"] = "50" };

    /// <summary>No setting is misspelt or superfluous.</summary>
    public static Check Names(BicepTree tree)
    {
        var names = new SettingNames();
        return new("every app setting is known to NAVI or to its host", Each(tree, (at, settings) => settings.Keys.Select(k => Unknown(names, k)).Where(p => p is not null).Select(p => $"{at}: {p}.")));
    }

    /// <summary>NAVI's own start has nothing to say against them.</summary>
    public static Check Start(BicepTree tree) => new(
        "NAVI would start with the app settings",
        Each(tree, (at, settings) => StartCheck.Problems(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Select(p => $"{at}: {p}")));

    /// <summary>What the start can't miss because it has a default, and the direct port; TLS and passwords of connections are the start's to refuse.</summary>
    public static Check Needed(BicepTree tree) => new(
        "the app settings have what NAVI needs on Azure",
        Each(tree, (at, settings) =>
        [
            .. Necessary.Where(n => string.IsNullOrEmpty(settings.GetValueOrDefault(n))).Select(n => $"{at}: {n} is missing; it must be set."),
            .. settings.Where(s => s.Key.StartsWith("Navi__Database__", StringComparison.Ordinal) && s.Key.EndsWith("ConnectionString", StringComparison.Ordinal)).SelectMany(s => Connection(at, s.Key, s.Value)),
            .. Pools.Where(p => at.Contains($"({p.Key})", StringComparison.Ordinal) && settings.GetValueOrDefault("Navi__Database__PoolSize") != p.Value)
                .Select(p => $"{at}: Navi__Database__PoolSize is {settings.GetValueOrDefault("Navi__Database__PoolSize") ?? "not set"}; it must be {p.Value}."),
        ]));

    private static string? Unknown(SettingNames names, string name)
    {
        if (name.StartsWith("Navi__", StringComparison.OrdinalIgnoreCase))
            return names.Unknown(name);
        if (OfTheHost.Contains(name, StringComparer.Ordinal))
            return null;
        return name.StartsWith("FUNCTIONS_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("WEBSITE_", StringComparison.OrdinalIgnoreCase)
            ? $"{name} is refused by Flex Consumption; functionAppConfig says it instead"
            : $"{name} is not a setting of the Functions host that this check knows";
    }

    private static IEnumerable<string> Connection(string at, string name, string value)
    {
        var connection = new NpgsqlConnectionStringBuilder(value);
        if (name.EndsWith("DirectConnectionString", StringComparison.Ordinal) && connection.Port != 5432)
            yield return $"{at}: {name} has port {connection.Port}; it must be 5432, PostgreSQL's own.";
    }

    private static List<string> Each(BicepTree tree, Func<string, Dictionary<string, string>, IEnumerable<string>> problems)
    {
        var found = new List<string>();
        foreach (var environment in tree.Environments)
        {
            var at = $"{tree.Where("Microsoft.Web/sites")} ({environment})";
            var settings = tree.Plan.Where(r => r.Environment == environment && r.Is(Type) && r.Name == "appsettings").ToList();
            if (settings.Count != 1)
            {
                found.Add($"{at}: there are {settings.Count} {Type} named appsettings; there must be one.");
                continue;
            }
            try
            {
                found.AddRange(problems(at, Values(settings[0])));
            }
            catch (FormatException e)
            {
                found.Add($"{at}: {e.Message}");
            }
        }
        return found;
    }

    private static Dictionary<string, string> Values(PlannedResource settings) =>
        ((JsonObject)ArmExpression.Evaluate(settings.At("properties"), new KnownLater())!).ToDictionary(s => s.Key, s => s.Value?.ToString() ?? "", StringComparer.Ordinal);
}
