using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Navi.Agent.Tests.Models.Support;

/// <summary>A provider on loopback that gives its answers in order, the last one again and again, and keeps what it was asked.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> answers;
    private int connections;

    private ModelServer(WebApplication app, IEnumerable<Func<HttpContext, Task>> answers)
    {
        this.app = app;
        this.answers = new ConcurrentQueue<Func<HttpContext, Task>>(answers);
        app.Run(ServeAsync);
    }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Connections that were opened, whether a request came or not.</summary>
    public int Connections => connections;

    public static async Task<ModelServer> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        ModelServer? server = null;
        builder.WebHost.ConfigureKestrel(k => k.ListenLocalhostOrLoopback(() => Interlocked.Increment(ref server!.connections)));
        server = new ModelServer(builder.Build(), answers);
        await server.app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(new Asked(
            context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.Length == 0 ? default : JsonElement.Parse(body)));
        var answer = answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.First();
        await answer(context);
    }

    internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Headers, JsonElement Body);
}
