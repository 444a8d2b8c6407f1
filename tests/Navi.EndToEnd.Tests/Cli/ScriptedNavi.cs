using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>An HTTP server that speaks NAVI's API by a script, so that the command's side can be led into every corner.</summary>
internal sealed class ScriptedNavi : IAsyncDisposable
{
    public const string TaskId = "0198c1f0-0000-7000-8000-000000000001";
    public const string CheckpointId = "0198c1f0-0000-7000-8000-0000000000c1";
    public const string Token = "secret-token";

    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<(string Type, string Data)> events = [];
    private int cut;

    private ScriptedNavi(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public List<JsonNode> Created { get; } = [];

    public List<JsonNode> Decisions { get; } = [];

    /// <summary>Last-Event-ID of every stream that was opened; empty for none.</summary>
    public List<string> Streams { get; } = [];

    public JsonObject Task { get; } = new()
    {
        ["id"] = TaskId, ["repository"] = "https://example.org/r.git", ["task"] = "do it", ["status"] = "running", ["created_at"] = "2026-01-01T00:00:00Z", ["base_commit"] = "abc123",
    };

    public JsonObject Checkpoint { get; } = new()
    {
        ["id"] = CheckpointId, ["task_id"] = TaskId, ["kind"] = "review", ["title"] = "Publish 1 file", ["reason"] = "people look first", ["action_digest"] = "d1",
        ["status"] = "pending", ["diff"] = string.Join('\n', Enumerable.Range(1, 200).Select(i => $"+line {i}")), ["expires_at"] = "2030-01-01T00:00:00Z",
    };

    /// <summary>Bearer tokens that are accepted.</summary>
    public HashSet<string> Tokens { get; } = [Token];

    /// <summary>Further tasks of the list.</summary>
    public List<JsonObject> Others { get; } = [];

    /// <summary>Query strings of the lists that were asked for.</summary>
    public List<string> Queries { get; } = [];

    /// <summary>Method and path of every request that changed something.</summary>
    public List<(string What, JsonNode? Body)> Changes { get; } = [];

    /// <summary>Tasks that refuse every change, because they have ended.</summary>
    public HashSet<string> Ended { get; } = [];

    /// <summary>What the patch is.</summary>
    public string Diff { get; set; } = "diff --git a/x b/x\n+new\n";

    /// <summary>Answers to questions for the metrics, one each; afterwards none is answered.</summary>
    public Queue<string> Metrics { get; } = [];

    public ScriptedSignIn SignIn { get; } = new();

    public ScriptedKeys Keys { get; } = new();

    /// <summary>What streams tell in their line retry; null for no such line.</summary>
    public int? RetryMilliseconds { get; set; }

    /// <summary>So many streams are refused with 429 and Retry-After of a second.</summary>
    public int Refusals { get; set; }

    /// <summary>So many questions for the task are answered 503.</summary>
    public int TaskOutages { get; set; }

    /// <summary>When each stream was asked for, as timestamps of Stopwatch.</summary>
    public List<long> Asked { get; } = [];

    /// <summary>While true every request is answered 503 and open streams are cut.</summary>
    public bool Down { get; set; }

    /// <summary>Answers POST /v1/tasks with this problem instead.</summary>
    public (int Status, JsonObject Body)? Refusal { get; set; }

    /// <summary>What happens after a decision; the event checkpoint_settled comes first.</summary>
    public Action<JsonNode>? OnDecision { get; set; }

    public static async Task<ScriptedNavi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var navi = new ScriptedNavi(builder.Build());
        navi.Map();
        await navi.app.StartAsync();
        return navi;
    }

    public void Add(string type, object? data = null)
    {
        lock (gate)
            events.Add((type, JsonSerializer.Serialize(data ?? new { })));
    }

    /// <summary>Breaks the open streams.</summary>
    public void Cut() => Interlocked.Increment(ref cut);

    public void Finish(string reason, string? branch = null)
    {
        Task["status"] = "finished";
        Task["stop_reason"] = reason;
        Task["branch"] = branch;
        Add("task_finished", new { stop_reason = reason });
    }

    public void OpenCheckpoint() => Add("checkpoint_opened", new { checkpoint_id = CheckpointId, kind = Checkpoint["kind"]!.ToString(), title = Checkpoint["title"]!.ToString() });

    public async ValueTask DisposeAsync()
    {
        Down = true;
        await app.DisposeAsync();
    }

    private void Map()
    {
        app.Use(async (context, next) =>
        {
            if (Down)
                context.Response.StatusCode = 503;
            else if (context.Request.Path.StartsWithSegments("/v1") && !Tokens.Any(t => context.Request.Headers.Authorization == $"Bearer {t}"))
                context.Response.StatusCode = 401;
            else
                await next(context);
        });
        app.MapGet("/healthz", () => Results.Ok());
        app.MapGet("/metrics", MetricsAsync);
        app.MapPost("/v1/tasks", CreateAsync);
        app.MapGet("/v1/tasks", List);
        app.MapPost("/v1/tasks/{id}/{what}", ChangeAsync);
        SignIn.Map(app, this);
        Keys.Map(app);
        app.MapGet("/v1/tasks/{id}", (string id) => TaskOutages-- > 0 ? Results.StatusCode(503) : id == TaskId ? Json(Task) : Missing(id));
        app.MapGet("/v1/tasks/{id}/diff", () => Results.Text(Diff, "text/x-diff"));
        app.MapGet("/v1/tasks/{id}/events", StreamAsync);
        app.MapGet("/v1/checkpoints", (string? task) => Json(new JsonObject { ["items"] = task is null or TaskId ? new JsonArray(Checkpoint.DeepClone()) : [] }));
        app.MapGet("/v1/checkpoints/{id}", (string id) => id == CheckpointId ? Json(Checkpoint) : Missing(id));
        app.MapPost("/v1/checkpoints/{id}/decisions", DecideAsync);
    }

    private async Task<IResult> MetricsAsync(CancellationToken aborted)
    {
        lock (gate)
        {
            if (Metrics.TryDequeue(out var answer))
                return Results.Text(answer);
        }
        while (!Down && !aborted.IsCancellationRequested)
            await PauseAsync(aborted);
        return Results.StatusCode(503);
    }

    private IResult List(HttpRequest request)
    {
        Queries.Add(request.QueryString.Value ?? "");
        return Json(new JsonObject
        {
            ["items"] = request.Query["cursor"].Count > 0 ? [] : new JsonArray([Task.DeepClone(), .. Others.Select(o => o.DeepClone())]),
            ["next"] = request.Query["cursor"].Count > 0 ? null : "cursor-2",
        });
    }

    private async Task<IResult> ChangeAsync(HttpRequest request, string id, string what)
    {
        if (Ended.Contains(id))
            return Results.Problem(statusCode: 409, title: "The task has ended.");
        var body = await new StreamReader(request.Body).ReadToEndAsync();
        lock (gate)
            Changes.Add(($"{what} {id}", body.Length > 0 ? JsonNode.Parse(body) : null));
        return Json(Task, what == "fork" ? 201 : 202);
    }

    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        if (Refusal is { } refusal)
            return Results.Text(refusal.Body.ToJsonString(), "application/problem+json", null, refusal.Status);
        Assert.NotEqual("", request.Headers["Idempotency-Key"].ToString());
        Created.Add((await JsonNode.ParseAsync(request.Body))!);
        return Json(Task, 201);
    }

    private async Task<IResult> DecideAsync(HttpRequest request)
    {
        var decision = (await JsonNode.ParseAsync(request.Body))!;
        Decisions.Add(decision);
        var status = decision["decision"]!.ToString() switch { "approve" => "approved", "reject" => "rejected", _ => "answered" };
        Checkpoint["status"] = status;
        Add("checkpoint_settled", new { checkpoint_id = CheckpointId, status, by = "me" });
        OnDecision?.Invoke(decision);
        return Json(new JsonObject { ["decision"] = decision["decision"]!.ToString(), ["decided_by"] = "me", ["self_approved"] = true });
    }

    private async Task StreamAsync(HttpContext context)
    {
        var after = context.Request.Headers["Last-Event-ID"].ToString();
        lock (gate)
        {
            Streams.Add(after);
            Asked.Add(System.Diagnostics.Stopwatch.GetTimestamp());
        }
        if (Refusals-- > 0)
        {
            context.Response.Headers.RetryAfter = "1";
            await Results.Problem(statusCode: 429, title: "You have as many open event streams as one may have.").ExecuteAsync(context);
            return;
        }
        var next = after.Length == 0 ? 0 : int.Parse(after);
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(RetryMilliseconds is { } retry ? $"retry: {retry}\n\n" : ": hello\n\n");
        var cuts = Volatile.Read(ref cut);
        while (!Down && cuts == Volatile.Read(ref cut) && !context.RequestAborted.IsCancellationRequested)
        {
            (string Type, string Data)? item;
            lock (gate)
                item = next < events.Count ? events[next] : null;
            if (item is not { } e)
            {
                await PauseAsync(context.RequestAborted);
                continue;
            }
            next++;
            await context.Response.WriteAsync($"id: {next}\nevent: {e.Type}\ndata: {{\"seq\":{next},\"at\":\"2026-01-01T00:00:0{next % 10}Z\",\"type\":\"{e.Type}\",\"data\":{e.Data}}}\n\n");
            await context.Response.Body.FlushAsync();
            if (e.Type == "task_finished")
                return;
        }
        context.Abort();
    }

    private static async Task PauseAsync(CancellationToken cancellation)
    {
        try
        {
            await System.Threading.Tasks.Task.Delay(10, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The loop sees that the caller left.
        }
    }

    private static IResult Json(JsonNode node, int status = 200) => Results.Text(node.ToJsonString(), "application/json", null, status);

    private static IResult Missing(string id) => Results.Problem(statusCode: 404, title: $"There is no such thing as '{id}'.");
}
