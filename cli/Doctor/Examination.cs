using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Agent.Loop;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Routing;
using Navi.Cli.Connect;
using Navi.Cli.Places;
using Navi.Platform.Data.Local;
using Npgsql;

namespace Navi.Cli.Doctor;

/// <summary>Everything that NAVI needs or likes on a machine.</summary>
internal static class Examination
{
    private const long LeastSpace = 2L * 1024 * 1024 * 1024;

    public static async Task<IReadOnlyList<Finding>> RunAsync(CliContext context, CancellationToken cancellation) =>
    [
        Finding.Ok(".NET", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}"),
        await SdkAsync(cancellation),
        Binaries(context),
        await DatabaseAsync(context, cancellation),
        await ProgramAsync("git", ["--version"], "projects use it, and you look at results with it", cancellation),
        await ProgramAsync("rg", ["--version"], "searching large repositories is slower without it", cancellation, package: "ripgrep"),
        await SandboxAsync(cancellation),
        Home(context.Places),
        Token(context.Places),
        Provider(context),
    ];

    private static string Install(string package) => $"sudo apt-get install -y {package}";

    private static async Task<Finding> SdkAsync(CancellationToken cancellation) =>
        await Probe.RunAsync("dotnet", ["--version"], cancellation) is { ExitCode: 0 } sdk
            ? Finding.Ok(".NET SDK", sdk.FirstLine)
            : Finding.Warn(".NET SDK", "'dotnet --version' does not work", "NAVI runs, but it can't be rebuilt and can't test .NET repositories: install the SDK, https://dot.net");

    private static Finding Binaries(CliContext context) => (PostgresBinaries.Find(), LocalHost.GivenDatabase(context)) switch
    {
        ({ } directory, _) => Finding.Ok("PostgreSQL programs", directory),
        (null, not null) => Finding.Ok("PostgreSQL programs", "none, and none needed: NAVI_DATABASE is set"),
        _ => Finding.Fail("PostgreSQL programs", "not found", $"{PostgresBinaries.InstallCommand} — or set NAVI_DATABASE to a connection string"),
    };

    private static async Task<Finding> DatabaseAsync(CliContext context, CancellationToken cancellation)
    {
        try
        {
            var given = LocalHost.GivenDatabase(context);
            var connectionString = given ?? await LocalCluster.StartAsync(new LocalClusterOptions(context.Places.Home), cancellation);
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 10 }.ConnectionString);
            await connection.OpenAsync(cancellation);
            return Finding.Ok("Database", $"PostgreSQL {connection.PostgreSqlVersion} {(given is null ? $"in {context.Places.Home}" : "from NAVI_DATABASE")}");
        }
        catch (LocalClusterException e)
        {
            return Finding.Fail("Database", e.Message, "mend what is said there");
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or ArgumentException)
        {
            return Finding.Fail("Database", e.Message, LocalHost.GivenDatabase(context) is null ? $"look into {Path.Combine(context.Places.Home, "postgres", "server.log")}" : "check NAVI_DATABASE and that the server runs");
        }
    }

    private static async Task<Finding> ProgramAsync(string program, string[] arguments, string use, CancellationToken cancellation, string? package = null) =>
        await Probe.RunAsync(program, arguments, cancellation) is { ExitCode: 0 } works
            ? Finding.Ok(program, works.FirstLine)
            : Finding.Warn(program, $"not found; {use}", Install(package ?? program));

    private static async Task<Finding> SandboxAsync(CancellationToken cancellation) =>
        await Probe.RunAsync("bwrap", ["--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "true"], cancellation) switch
        {
            { ExitCode: 0 } => Finding.Ok("Sandbox", "bubblewrap works"),
            null => Finding.Warn("Sandbox", "bubblewrap is not installed: commands can't be run", Install("bubblewrap")),
            var failed => Finding.Warn(
                "Sandbox", $"bubblewrap does not work here: {failed.Value.FirstLine}", "allow unprivileged user namespaces (kernel.unprivileged_userns_clone=1), or run NAVI where they are allowed"),
        };

    private static Finding Home(NaviPlaces places)
    {
        try
        {
            Directory.CreateDirectory(places.Home);
            var probe = Path.Combine(places.Home, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            var free = new DriveInfo(places.Home).AvailableFreeSpace;
            return free < LeastSpace
                ? Finding.Warn("Home", $"{places.Home} has {free >> 20} MB free", "free some space, or set NAVI_HOME to another disk")
                : Finding.Ok("Home", $"{places.Home}, {free >> 30} GB free");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail("Home", $"{places.Home} can't be written: {e.Message}", "set NAVI_HOME to a directory that you may write to");
        }
    }

    private static Finding Token(NaviPlaces places)
    {
        if (!File.Exists(places.TokenFile))
            return Finding.Ok("Token", $"none yet; {places.TokenFile} is made at the first start");
        return LocalToken.IsExposed(places)
            ? Finding.Fail("Token", $"others may read {places.TokenFile}", $"chmod 600 {Shell.Quote(places.TokenFile)}")
            : Finding.Ok("Token", places.TokenFile);
    }

    private static Finding Provider(CliContext context)
    {
        // The agent's own check, with the settings that a start would find.
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(LocalHost.ModelSettings(context)).Build();
        using var services = new ServiceCollection().AddAgent(configuration).BuildServiceProvider();
        try
        {
            var provider = services.GetRequiredService<IOptions<LoopOptions>>().Value.Provider;
            return Finding.Ok("Provider", provider == ModelRouter.Rules || (provider == ModelRouter.Auto && services.GetRequiredService<IOptions<ModelsOptions>>().Value.Entries.Count == 0) ? "rules: offline, for surveys, renames, replacements and test runs (NAVI_MODEL_PROVIDER selects another)" : provider);
        }
        catch (OptionsValidationException e)
        {
            return Finding.Fail("Provider", e.Message, "set NAVI_MODEL_PROVIDER to a configured provider, or unset it");
        }
    }
}
