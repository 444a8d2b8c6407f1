using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Navi.Cli.Api;

/// <summary>NAVI's HTTP API. Problems come as <see cref="ApiException"/>, a dead NAVI or database as <see cref="UnreachableException"/>.</summary>
internal sealed class NaviClient : IDisposable
{
    private readonly HttpClient http;

    public NaviClient(Uri address, string? token)
    {
        // No time limit on the client as a whole: an event stream lasts. Requests have their own.
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Address => http.BaseAddress!;

    private static TimeSpan RequestTimeout => TimeSpan.FromSeconds(30);

    /// <summary>True when NAVI answers at all.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await SendAsync(HttpMethod.Get, "healthz", null, null, cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (UnreachableException)
        {
            return false;
        }
    }

    public async Task<TaskView> CreateTaskAsync(NewTask task, string idempotencyKey, CancellationToken cancellation) =>
        AsTask(await JsonAsync(HttpMethod.Post, "v1/tasks", task, idempotencyKey, cancellation));

    public async Task<TaskView> GetTaskAsync(string id, CancellationToken cancellation) =>
        AsTask(await JsonAsync(HttpMethod.Get, $"v1/tasks/{Uri.EscapeDataString(id)}", null, null, cancellation));

    public Task<JsonElement> ListTasksAsync(string? status, int limit, string? cursor, CancellationToken cancellation) =>
        JsonAsync(HttpMethod.Get, $"v1/tasks?limit={limit}{Query("status", status)}{Query("cursor", cursor)}", null, null, cancellation);

    public async Task<string> GetDiffAsync(string id, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, $"v1/tasks/{Uri.EscapeDataString(id)}/diff", null, null, cancellation);
        await ThrowOnProblemAsync(response, cancellation);
        return await response.Content.ReadAsStringAsync(cancellation);
    }

    public async Task CancelAsync(string id, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Post, $"v1/tasks/{Uri.EscapeDataString(id)}/cancel", null, null, cancellation);
        await ThrowOnProblemAsync(response, cancellation);
    }

    /// <param name="taskId">Only those of one task; null for all.</param>
    /// <param name="cancellation">Ends the request.</param>
    public Task<JsonElement> ListPendingAsync(string? taskId, CancellationToken cancellation) =>
        JsonAsync(HttpMethod.Get, $"v1/checkpoints?status=pending{Query("task", taskId)}", null, null, cancellation);

    public async Task<CheckpointView> GetCheckpointAsync(string id, CancellationToken cancellation) =>
        Read<CheckpointView>(await JsonAsync(HttpMethod.Get, $"v1/checkpoints/{Uri.EscapeDataString(id)}", null, null, cancellation));

    public Task<JsonElement> DecideAsync(string id, NewDecision decision, CancellationToken cancellation) =>
        JsonAsync(HttpMethod.Post, $"v1/checkpoints/{Uri.EscapeDataString(id)}/decisions", decision, null, cancellation);

    /// <summary>Events after number <paramref name="after"/>, until the server ends the stream; it may end before the task does.</summary>
    public async IAsyncEnumerable<EventView> StreamAsync(string id, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1/tasks/{Uri.EscapeDataString(id)}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (after > 0)
            request.Headers.Add("Last-Event-ID", after.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var response = await ReachAsync(() => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation), cancellation);
        await ThrowOnProblemAsync(response, cancellation);
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        await using var items = SseParser.Create(body).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await ReachAsync(async () => await items.MoveNextAsync(), cancellation))
        {
            if (items.Current.Data.Length > 0)
                yield return JsonSerializer.Deserialize<EventView>(items.Current.Data, WireJson.Options)!;
        }
    }

    public void Dispose() => http.Dispose();

    public static T Read<T>(JsonElement document) => document.Deserialize<T>(WireJson.Options)!;

    private static TaskView AsTask(JsonElement document) => Read<TaskView>(document) with { Document = document };

    private static string Query(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private async Task<JsonElement> JsonAsync(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellation)
    {
        using var response = await SendAsync(method, path, body, idempotencyKey, cancellation);
        await ThrowOnProblemAsync(response, cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(RequestTimeout);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: WireJson.Options);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await ReachAsync(() => http.SendAsync(request, limit.Token), cancellation);
    }

    private static async Task ThrowOnProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;
        var problem = await Problem.ReadAsync(response, cancellation);
        throw response.StatusCode >= HttpStatusCode.InternalServerError ? new UnreachableException(problem.Message, problem) : problem;
    }

    private async Task<T> ReachAsync<T>(Func<Task<T>> send, CancellationToken cancellation)
    {
        try
        {
            return await send();
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UnreachableException($"NAVI at {Address} does not answer: {e.Message}", e);
        }
    }
}
