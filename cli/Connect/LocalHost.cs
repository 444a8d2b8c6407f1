using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Navi.Agent.Loop;
using Navi.Cli.Places;
using Navi.Cli.Settings;
using Navi.Functions;
using Navi.Platform.Data;
using Navi.Platform.Data.Local;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Encryption;
using Navi.Portable.Host;
using Npgsql;

namespace Navi.Cli.Connect;

/// <summary>NAVI inside this process, in the environment Local: database, migrations, functions.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private const string WorkspaceRoot = "Navi:Workspace:Root";

    private const string KeyDirectory = $"{EncryptionOptions.Section}:{nameof(EncryptionOptions.KeyDirectory)}";

    private readonly PortableHost host;

    private LocalHost(PortableHost host, string token, bool privateCluster)
    {
        this.host = host;
        Token = token;
        HasPrivateCluster = privateCluster;
    }

    public Uri Address => host.Address;

    public string Token { get; }

    /// <summary>The database is the private cluster, which keeps running when this process ends.</summary>
    public bool HasPrivateCluster { get; }

    /// <summary>NAVI_DATABASE; null when the private cluster is used.</summary>
    public static string? GivenDatabase(CliContext context) => context.Variable("NAVI_DATABASE") is { Length: > 0 } given ? given : null;

    /// <summary>NAVI_MODEL_PROVIDER or the setting provider; null when neither is set.</summary>
    public static string? GivenProvider(CliContext context) => context.Settings[SettingCatalog.Provider];

    /// <summary>What the environment's short names say of models, as configuration.</summary>
    public static IReadOnlyDictionary<string, string?> ModelSettings(CliContext context) => GivenProvider(context) is { } provider
        ? new Dictionary<string, string?> { [$"{LoopOptions.Section}:{nameof(LoopOptions.Provider)}"] = provider }
        : new Dictionary<string, string?>();

    /// <exception cref="CliException">Something that NAVI needs is missing; the message says what and how to mend it.</exception>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<LocalHost> StartAsync(CliContext context, LocalHostOptions options, CancellationToken cancellation)
    {
        var token = LocalToken.ReadOrMake(context.Places);
        PortableHost? host = null;
        try
        {
            var database = await DatabaseAsync(context, cancellation);
            (host, var configuration) = Build(context, options, token, database);
            await NaviApplication.PrepareAsync(host.Services, cancellation);
            // An operator's own choice of the directory stands.
            if (string.IsNullOrEmpty(configuration[WorkspaceRoot]))
                configuration[WorkspaceRoot] = await WorkspaceAgreement.AgreeAsync(new DatabaseOptions { ConnectionString = database }, Path.Combine(context.Places.Home, "workspaces"), cancellation);
            await host.StartAsync(cancellation);
            var started = new LocalHost(host, token, GivenDatabase(context) is null);
            host = null;
            return started;
        }
        catch (LocalClusterException e)
        {
            throw CliException.Unavailable(e.Message, e);
        }
        catch (WorkspaceAgreementException e)
        {
            throw CliException.Unavailable(e.Message, e);
        }
        catch (MigrationException e)
        {
            throw CliException.Unavailable($"The database's schema does not fit this build: {e.Message}", e);
        }
        catch (Exception e) when (e is EncryptionKeyException or CipherException)
        {
            throw CliException.Unavailable($"NAVI can't use its keys: {e.Message}", e);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            var remedy = GivenDatabase(context) is null ? "'navi doctor' looks closer." : "Check NAVI_DATABASE.";
            throw CliException.Unavailable($"The database can't be reached: {e.Message} {remedy}", e);
        }
        catch (Exception e) when (e is FunctionRegistrationException or OptionsValidationException)
        {
            throw CliException.Unavailable($"NAVI could not start: {e.Message}", e);
        }
        finally
        {
            // A host that did not start may have workers that did.
            if (host is not null)
                await host.DisposeAsync();
        }
    }

    /// <summary>Serves until <paramref name="ending"/> fires, then drains.</summary>
    public Task RunAsync(Action onDrain, CancellationToken ending) => host.RunAsync(onDrain, ending);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static (PortableHost Host, ConfigurationManager Configuration) Build(CliContext context, LocalHostOptions options, string token, string database)
    {
        var builder = PortableHost.CreateBuilder(new PortableHostOptions
        {
            Urls = options.Urls,
            ConnectionString = database,
            Assemblies = [typeof(NaviApplication).Assembly],
            RunWorkers = options.RunWorkers,
            DrainTimeout = options.DrainTimeout,
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Navi:Environment"] = "Local",
            ["Navi:Home"] = context.Places.Home,
            ["Navi:Database:ConnectionString"] = database,
            ["Navi:Database:Authentication"] = DatabaseOptions.ByPassword,
            ["Navi:Identity:LocalToken"] = token,
        });
        // An operator's own choice of the directory stands.
        if (string.IsNullOrEmpty(builder.Configuration[KeyDirectory]))
            builder.Configuration[KeyDirectory] = context.Places.Keys;
        builder.Configuration.AddInMemoryCollection(ModelSettings(context));
        LocalLogging.Configure(builder.Logging, context, options.LogToScreen);
        NaviApplication.Register(builder.Services, builder.Configuration);
        NaviApplication.Use(builder.Worker);
        return (builder.Build(), builder.Configuration);
    }

    private static async Task<string> DatabaseAsync(CliContext context, CancellationToken cancellation) =>
        GivenDatabase(context) is { } given ? Checked(given) : await LocalCluster.StartAsync(new LocalClusterOptions(context.Places.Home), cancellation);

    private static string Checked(string given)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(given).ConnectionString;
        }
        catch (ArgumentException e)
        {
            // The value may hold a password: it is not repeated.
            throw CliException.Usage($"NAVI_DATABASE is not an Npgsql connection string such as Host=localhost;Username=navi;Database=navi: {e.Message}");
        }
    }
}
