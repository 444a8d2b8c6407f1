using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Navi.Drills.Staging;

/// <summary>Takes what Alertmanager would send to PagerDuty and Slack.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<Notice> notices = [];

    private Webhook(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public static async Task<Webhook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var webhook = new Webhook(builder.Build());
        webhook.app.MapPost("/{receiver}", webhook.TakeAsync);
        await webhook.app.StartAsync();
        return webhook;
    }

    /// <summary>Everything that came, oldest first.</summary>
    public IReadOnlyList<Notice> Notices
    {
        get
        {
            lock (gate)
                return [.. notices];
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request, string receiver)
    {
        var message = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        lock (gate)
        {
            notices.AddRange(message.GetProperty("alerts").EnumerateArray().Select(alert => new Notice(
                receiver, alert.GetProperty("labels").GetProperty("alertname").GetString()!, alert.GetProperty("status").GetString()!,
                alert.GetProperty("annotations").GetProperty("summary").GetString()!, TimeProvider.System.GetUtcNow())));
        }
        return Results.Ok();
    }
}
