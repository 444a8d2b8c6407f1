using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Platform.Security.Redaction;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Events;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Functions.Telemetry;

/// <summary>POST /v1/telemetry.</summary>
public sealed class TelemetryFunction(TelemetryEventStore events, TelemetryPace pace, AddressDigests addresses, IOptions<TelemetryEventOptions> options, NaviMeters meters, TimeProvider time)
{
    private const int LargestBody = 256 * 1024;
    private const int LongestAgent = 200;

    /// <summary>Stores a batch whole or not at all. Each event is stored once, however often it is sent.</summary>
    [Function(nameof(SendTelemetry))]
    [Operation("Telemetry", "Hands over what a client has noticed: commands, pages, durations, errors.", Details = "A batch of up to 256 KiB is stored whole or not at all; an event that was sent before is counted as a duplicate. Secrets and what names people are taken out.")]
    [Body(typeof(TelemetryBody), TelemetryExamples.Batch)]
    [Answers(202, "The events are stored.", Body = typeof(TelemetryAnswer), Example = TelemetryExamples.Stored)]
    [Refuses(422, "invalid", "An event has a value that is not accepted; field names the event and the member, and nothing was stored.")]
    [Refuses(429, "too-many-events", "The user or the organisation has sent as many events as it may; Retry-After tells when to send again.")]
    public async Task<IResult> SendTelemetry([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/telemetry")] HttpRequest request, FunctionContext context)
    {
        var http = request.HttpContext;
        var caller = AccessMiddleware.PrincipalOf(context);
        var (body, _) = await RequestBody.ReadAsync<TelemetryBody>(request, LargestBody);
        var count = body.Events?.Count ?? 0;
        // By their number alone and before they are read: the work of reading them is what the bound is for.
        if (count is > 0 and <= TelemetryReader.MostEvents && pace.TryTake(caller.Organisation, caller.User, count) is { } refused)
        {
            Count("refused", count);
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(refused.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Problem.Of(429, "too-many-events", $"{(refused.OfUser ? "You have" : "Your organisation has")} sent as many events as one may in a minute.", "Send this batch again after the time that Retry-After names.");
        }
        var batch = Read(body);
        var fresh = await events.AcceptAsync(
            caller.Organisation, caller.User, batch, Agent(request), await addresses.OfAsync(ClientAddress.Of(request, options.Value.AddressHeader), http.RequestAborted), http.RequestAborted);
        Count("accepted", batch.Count);
        return Answer.Json(new TelemetryAnswer(fresh, batch.Count - fresh), 202);
    }

    private IReadOnlyList<NewTelemetryEvent> Read(TelemetryBody body)
    {
        try
        {
            return new TelemetryReader(time).Read(body);
        }
        catch (ProblemException)
        {
            Count("refused", body.Events?.Count ?? 0);
            throw;
        }
    }

    private void Count(string outcome, int events) => meters.Add(MetricCatalogue.TelemetryEvents, events, outcome);

    private static string? Agent(HttpRequest request) =>
        request.Headers.UserAgent.ToString() is { Length: > 0 } given ? Redactor.Reduce(new string([.. given.Take(LongestAgent).Where(c => c is >= ' ' and <= '~')])) : null;
}
