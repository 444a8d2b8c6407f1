using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Cli.Connect;
using Navi.Platform.Data;
using Navi.Platform.Hosting;

namespace Navi.Cli.Migrations;

/// <summary>The database that the environment names for a command that works on its schema.</summary>
internal static class GivenDatabase
{
    /// <summary>
    /// NAVI_DATABASE, as <c>navi up</c> would use it, in the environment Local unless Navi:Environment says otherwise; else Navi:Database with the checks of its environment.
    /// </summary>
    /// <exception cref="OptionsValidationException">There is none, or it is not right for the environment.</exception>
    public static DatabaseOptions Read(CliContext context)
    {
        var settings = new Dictionary<string, string?>();
        if (LocalHost.GivenDatabase(context) is { } given)
            (settings["Navi:Database:ConnectionString"], settings["Navi:Environment"]) = (given, context.Variable("Navi__Environment") ?? "Local");
        // Nothing is written there: the schema needs no directory.
        settings["Navi:Home"] = Path.GetTempPath();
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddPlatform(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
    }
}
