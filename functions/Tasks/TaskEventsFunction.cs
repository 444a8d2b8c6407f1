using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Functions.Tasks.Events;
using Navi.Platform.Data;
using Navi.Platform.Security.Identity;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Tasks.Events.Streams;

namespace Navi.Functions.Tasks;

/// <summary>GET /v1/tasks/{id}/events: server-sent events (WHATWG HTML, 9.2), resumed by Last-Event-ID.</summary>
public sealed class TaskEventsFunction(TaskEventStore events, TaskEventWatcher watcher, EventStreamPlaces places, TimeProvider time)
{
    private const string Header = "Last-Event-ID";
    private const string RetryAfterSeconds = "5";

    /// <summary>Streams the task's events in order until its last one, or for three minutes.</summary>
    [Function(nameof(GetTaskEvents))]
    [Operation("Tasks", "The task's events as a stream of server-sent events, in order, each once.", Details = "The stream ends with the task's last event or after three minutes; resume with Last-Event-ID, after the time that the line `retry:` at its start tells. A comment line at least every 15 seconds keeps it alive. A client that takes nothing for half a minute is cut off.")]
    [RequestHeader(Header, "The last event that the caller has seen; the stream goes on after it.", Example = "17")]
    [Answers(200, "The stream.", MediaType = "text/event-stream", Example = TaskExamples.Events)]
    [Answers(204, "The task has ended and the caller has seen its last event: there is nothing to come back for.")]
    [Refuses(422, "invalid", "The header Last-Event-ID is no event number, or none of this task yet.")]
    [Refuses(429, "too-many-streams", "The caller has as many open streams as one may have; Retry-After tells when to ask again.")]
    [Refuses(503, "streams-exhausted", "This process has as many open streams as it may have; Retry-After tells when to ask again.")]
    public async Task<IResult> GetTaskEvents([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/tasks/{id}/events")] HttpRequest request, string id, FunctionContext context)
    {
        var http = request.HttpContext;
        var caller = AccessMiddleware.PrincipalOf(context);
        if (!Guid.TryParse(id, out var task) || await events.FindEndAsync(Scope.Of(caller.Organisation), task, http.RequestAborted) is not { } end)
            return Problem.NotFound("task", id);
        var seen = request.Headers[Header].ToString();
        if (!long.TryParse(seen.Length == 0 ? "0" : seen, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return Problem.Invalid(Header, $"'{Problem.Shown(seen)}' is no event number.", "Send the id of the last event you have seen.");
        if (after > end.Last)
            return Problem.Invalid(Header, $"'{Problem.Shown(seen)}' is no event of this task: its last one is {end.Last}.", "Send the id of the last event you have seen, or none to begin at the first.");
        if (end.IsFinished && after == end.Last)
            return Results.NoContent();
        return places.TryTake(caller.Organisation, caller.User, out var refusal) is { } place
            ? Open(http, place, caller, task, after, end)
            : Refuse(http, refusal);
    }

    private IResult Open(HttpContext http, EventStreamPlace place, Principal caller, Guid task, long after, TimelineEnd end)
    {
        // With the request, however it ends: also when the answer below is never begun.
        http.Response.RegisterForDispose(place);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return Results.Stream(StreamAsync, "text/event-stream");

        async Task StreamAsync(Stream to)
        {
            using (place)
            using (var feed = watcher.Follow(caller.Organisation, task, after, end.Last))
            {
                if (!await new EventStream(feed, end.IsFinished ? end.Last : null, time).RunAsync(to, http.RequestAborted))
                    http.Abort();
            }
        }
    }

    private static IResult Refuse(HttpContext http, PlaceRefusal refusal)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return refusal == PlaceRefusal.User
            ? Problem.Of(429, "too-many-streams", "You have as many open event streams as one may have.", "Close one, or try again in a few seconds.")
            : Problem.Of(503, "streams-exhausted", "This process has as many open event streams as it may have.", "Try again in a few seconds. GET /v1/tasks/{id} tells the task's state without a stream.");
    }
}
