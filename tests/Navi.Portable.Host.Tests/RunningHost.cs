using Microsoft.Extensions.Logging;

namespace Navi.Portable.Host.Tests;

/// <summary>A host on a free port that serves only the functions of the given types.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private RunningHost(PortableHost host)
    {
        Host = host;
        Client = new HttpClient { BaseAddress = host.Address };
    }

    public PortableHost Host { get; }

    public HttpClient Client { get; }

    public static PortableHostBuilder Builder(PortableHostOptions options)
    {
        var builder = PortableHost.CreateBuilder(options);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    public static PortableHostOptions Options(params Type[] types) => new()
    {
        Urls = "http://127.0.0.1:0",
        Assemblies = [typeof(RunningHost).Assembly],
        TypeFilter = types.Contains,
        HostJson = """{ "version": "2.0", "extensions": { "http": { "routePrefix": "" } } }""",
        DrainTimeout = TimeSpan.FromSeconds(10),
    };

    public static Task<RunningHost> StartAsync(params Type[] types) => StartAsync(Options(types));

    public static async Task<RunningHost> StartAsync(PortableHostOptions options, Action<PortableHostBuilder>? configure = null)
    {
        var builder = Builder(options);
        configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new RunningHost(host);
    }

    /// <summary>Builds only, and returns what was found wrong.</summary>
    public static string Refusal(params Type[] types) => Refusal(Options(types));

    public static string Refusal(PortableHostOptions options) =>
        Assert.Throws<FunctionRegistrationException>(() => Builder(options).Build()).Message;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
