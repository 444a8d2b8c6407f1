using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Functions;
using Navi.Platform.Data;
using Navi.Platform.Data.Connections;
using Navi.Platform.Hosting;
using Navi.Portable.Host;
using Navi.Portable.Host.Serving;

namespace Navi.Cli.Serving;

/// <summary>NAVI inside this process as a deployment runs it: everything comes from the configuration, nothing is made or guessed for a person at this machine.</summary>
internal static class ServedNavi
{
    private const string WorkspaceRoot = "Navi:Workspace:Root";

    // What a stopping host leaves for what it has interrupted.
    private const int Grace = 5;

    /// <summary>Checks the configuration, prepares database and keys, and listens.</summary>
    /// <exception cref="CliException">Something is missing or too weak; the message says what and how to mend it.</exception>
    public static Task<PortableHost> StartAsync(CancellationToken cancellation) => StartFailures.SayAsync("Check Navi:Database:ConnectionString.", async () =>
    {
        var (serve, database) = Read();
        var builder = PortableHost.CreateBuilder(new PortableHostOptions
        {
            Urls = serve.Urls,
            Certificate = serve.Certificate.Length == 0 ? null : ServerCertificate.Read(serve.Certificate, serve.CertificateKey),
            ConnectionString = database.DirectConnectionString is { Length: > 0 } direct ? direct : database.ConnectionString,
            ConfigureDataSource = source => DatabaseConnections.Authenticate(source, database),
            Assemblies = [typeof(NaviApplication).Assembly],
            RunWorkers = serve.RunWorkers,
            DurableRetention = serve.DurableRetentionDays == 0 ? null : TimeSpan.FromDays(serve.DurableRetentionDays),
            // Requests end first and work after them, each with its time.
            DrainTimeout = TimeSpan.FromSeconds((serve.DrainSeconds - Grace) / 2.0),
        });
        ServeLogging.Configure(builder.Logging);
        NaviApplication.Register(builder.Services, builder.Configuration);
        NaviApplication.Use(builder.Worker);
        var host = builder.Build();
        try
        {
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            await NaviApplication.PrepareAsync(host.Services, cancellation);
            // An operator's own choice of the directory stands.
            if (string.IsNullOrEmpty(builder.Configuration[WorkspaceRoot]))
                builder.Configuration[WorkspaceRoot] = await WorkspaceAgreement.AgreeAsync(database, Path.Combine(Path.GetFullPath(builder.Configuration["Navi:Home"]!), "workspaces"), cancellation);
            await host.StartAsync(cancellation);
            return host;
        }
        catch
        {
            // A host that did not start may have workers that did.
            await host.DisposeAsync();
            throw;
        }
    });

    // What the host itself is built from has to be known, and right, before it is built.
    private static (ServeOptions Serve, DatabaseOptions Database) Read()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection();
        services.AddLogging().AddServing(configuration).AddPlatform(configuration);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return (provider.GetRequiredService<IOptions<ServeOptions>>().Value, provider.GetRequiredService<IOptions<DatabaseOptions>>().Value);
    }
}
