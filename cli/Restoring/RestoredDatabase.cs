using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Agent.Restoration;
using Navi.Cli.Connect;
using Navi.Functions;
using Navi.Platform.Data;
using Navi.Platform.Data.Local;
using Navi.Platform.Hosting;
using Navi.Platform.Tasks.Restoration;

namespace Navi.Cli.Restoring;

/// <summary>Works on a restored database and the workspaces beside it, without a NAVI: from the settings of <c>navi serve</c> where there are any, else as <c>navi up</c> would.</summary>
internal static class RestoredDatabase
{
    private const string ConnectionString = "Navi:Database:ConnectionString";
    private const string WorkspaceRoot = "Navi:Workspace:Root";

    /// <summary>Holds what was open.</summary>
    /// <exception cref="CliException">A NAVI works on the database.</exception>
    public static async Task<RestorationReport> HoldAsync(CliContext context, DateTimeOffset point, CancellationToken cancellation)
    {
        var configuration = await ConfigurationAsync(context, cancellation);
        await using var services = NaviApplication.Register(new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration), configuration).BuildServiceProvider();
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        if (await services.GetRequiredService<RestoredTasks>().OtherSessionsAsync(cancellation) is > 0 and var sessions)
            throw new CliException(ExitCodes.Ended, string.Create(CultureInfo.InvariantCulture, $"NAVI has {sessions} sessions at this database: stop every process of NAVI first, and nothing was changed."));
        if (string.IsNullOrEmpty(configuration[WorkspaceRoot]))
            configuration[WorkspaceRoot] = await WorkspaceAgreement.AgreeAsync(database, Path.Combine(Path.GetFullPath(configuration["Navi:Home"]!), "workspaces"), cancellation);
        return await services.GetRequiredService<IRestoredInstallation>().HoldAsync(point, cancellation);
    }

    private static async Task<IConfigurationRoot> ConfigurationAsync(CliContext context, CancellationToken cancellation)
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables();
        if (LocalHost.GivenDatabase(context) is { } given)
            configuration[ConnectionString] = given;
        else if (string.IsNullOrEmpty(configuration[ConnectionString]))
            configuration[ConnectionString] = await LocalCluster.StartAsync(new LocalClusterOptions(context.Places.Home), cancellation);
        else
            return configuration;
        // The database is one of this machine.
        configuration["Navi:Environment"] ??= "Local";
        configuration["Navi:Home"] ??= context.Places.Home;
        return configuration;
    }
}
