using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;

namespace Navi.Functions.Tasks;

/// <summary>GET /v1/tasks/{id}/events: server-sent events (WHATWG HTML, 9.2), resumed by Last-Event-ID.</summary>
public sealed class TaskEventsFunction(TaskStore tasks, TaskEventStore events, TimeProvider time)
{
    private const int BatchSize = 200;
    private const string LastType = "task_finished";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    // Hosts cut long answers (about four minutes on Azure): end well before, the client resumes.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Streams the task's events in order until its last one, or for three minutes.</summary>
    [Function(nameof(GetTaskEvents))]
    [Operation("Tasks", "The task's events as a stream of server-sent events, in order, each once.", Details = "The stream ends with the task's last event or after three minutes; resume with Last-Event-ID. A comment line every 15 seconds keeps it alive.")]
    [RequestHeader("Last-Event-ID", "The last event that the caller has seen; the stream goes on after it.", Example = "17")]
    [Answers(200, "The stream.", MediaType = "text/event-stream", Example = TaskExamples.Events)]
    [Refuses(422, "invalid", "The header Last-Event-ID is no event number.")]
    public async Task<IResult> GetTaskEvents([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/tasks/{id}/events")] HttpRequest request, string id, FunctionContext context)
    {
        var scope = Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation);
        if (!Guid.TryParse(id, out var task) || await tasks.FindAsync(scope, task, request.HttpContext.RequestAborted) is null)
            return Problem.NotFound("task", id);
        var last = request.Headers["Last-Event-ID"].ToString();
        if (!long.TryParse(last.Length == 0 ? "0" : last, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return Problem.Invalid("Last-Event-ID", $"'{Problem.Shown(last)}' is no event number.", "Send the id of the last event you have seen.");
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Stream(stream => StreamAsync(stream, scope, task, after, request.HttpContext.RequestAborted), "text/event-stream");
    }

    private async Task StreamAsync(Stream stream, Scope scope, Guid task, long after, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var spoke = began;
        await stream.FlushAsync(cancellation);
        while (time.GetElapsedTime(began) < Longest)
        {
            var batch = await events.ReadAsync(scope, task, after, BatchSize, cancellation);
            foreach (var item in batch)
            {
                var data = NaviJson.Write(new { item.Seq, item.At, item.Type, Data = JsonElement.Parse(item.Data) });
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"id: {item.Seq}\nevent: {item.Type}\ndata: {data}\n\n"), cancellation);
                after = item.Seq;
            }
            if (batch.Count > 0 || time.GetElapsedTime(spoke) > Heartbeat)
            {
                if (batch.Count == 0)
                    await stream.WriteAsync(": alive\n\n"u8.ToArray(), cancellation);
                await stream.FlushAsync(cancellation);
                spoke = time.GetTimestamp();
            }
            if (batch.Any(e => e.Type == LastType))
                return;
            if (batch.Count < BatchSize)
                await Task.Delay(Pause, time, cancellation);
        }
    }
}
