using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Navi.Drills.Routing;

/// <summary>Stands where PagerDuty and Slack are: takes Alertmanager's webhooks at <c>/RECEIVER</c> and keeps what they say.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Delivery> deliveries = new();

    private WebhookReceiver(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>Everything received so far, in order.</summary>
    public IReadOnlyList<Delivery> Deliveries => [.. deliveries];

    public static async Task<WebhookReceiver> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.MapPost("/{name}", receiver.TakeAsync);
        await receiver.app.StartAsync(cancellation);
        return receiver;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(string name, HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        foreach (var alert in body.RootElement.GetProperty("alerts").EnumerateArray())
        {
            var labels = alert.GetProperty("labels");
            deliveries.Enqueue(new Delivery(
                name, labels.GetProperty("alertname").GetString()!, labels.GetProperty("severity").GetString()!, alert.GetProperty("status").GetString()!,
                alert.GetProperty("annotations").GetProperty("summary").GetString()!, TimeProvider.System.GetUtcNow()));
        }
    }
}
