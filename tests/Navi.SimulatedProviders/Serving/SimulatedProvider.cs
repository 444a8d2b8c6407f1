using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.SimulatedProviders.Requests;
using Navi.SimulatedProviders.Scenarios;

namespace Navi.SimulatedProviders.Serving;

/// <summary>A server that speaks OpenAI's, Azure OpenAI's, Anthropic's and Ollama's protocols; in this process or by Program.</summary>
public sealed class SimulatedProvider : IAsyncDisposable
{
    private const int LongestLog = 20_000;
    private readonly WebApplication app;
    private readonly ModelEndpoint endpoint;
    private readonly ControlEndpoint control;
    private int connections;

    private SimulatedProvider(WebApplication app, Scenario scenario)
    {
        this.app = app;
        Director = new Director(scenario);
        endpoint = new ModelEndpoint(this);
        control = new ControlEndpoint(this);
        app.Run(c => c.Request.Path.StartsWithSegments("/_control") ? control.ServeAsync(c) : endpoint.ServeAsync(c));
    }

    /// <summary>Its address, such as <c>http://127.0.0.1:4711</c>.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Connections that were accepted, whether a request came or not.</summary>
    public int Connections => connections;

    /// <summary>The model requests so far, the oldest first; the last 20,000.</summary>
    public IReadOnlyList<LoggedRequest> Requests => [.. Log];

    /// <summary>Everything that a request had beyond its vendor's description.</summary>
    public IReadOnlyList<string> Violations => [.. Log.SelectMany(r => r.Violations.Select(v => $"request {r.Number} ({r.Protocol}): {v}"))];

    internal Director Director { get; private set; }

    internal ConcurrentQueue<LoggedRequest> Log { get; } = new();

    /// <summary>Starts it.</summary>
    /// <param name="scenario">How it behaves. Default <see cref="CodingModel"/> without failures.</param>
    /// <param name="url">Where it listens. Default a free port of 127.0.0.1.</param>
    public static async Task<SimulatedProvider> StartAsync(Scenario? scenario = null, string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        SimulatedProvider? server = null;
        var address = new Uri(url);
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Parse(address.Host == "localhost" ? "127.0.0.1" : address.Host), address.Port, l => l.Use(next => connection =>
        {
            Interlocked.Increment(ref server!.connections);
            return next(connection);
        })));
        server = new SimulatedProvider(builder.Build(), scenario ?? new Scenario());
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Begins anew with another scenario; the log is empty afterwards.</summary>
    public void Restart(Scenario scenario)
    {
        Director = new Director(scenario);
        endpoint.Reset();
        Log.Clear();
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task StoppedAsync() => app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Who hangs in a scenario must not hold up its end.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    internal void Add(LoggedRequest request)
    {
        Log.Enqueue(request);
        while (Log.Count > LongestLog)
            Log.TryDequeue(out _);
    }
}
