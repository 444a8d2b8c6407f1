using System.Text.Json;
using Navi.Cli.SignIn;

namespace Navi.Cli.Api;

/// <summary>NAVI's HTTP API. Problems come as <see cref="ApiException"/>, a dead NAVI or database as <see cref="UnreachableException"/>.</summary>
internal sealed class NaviClient(Uri address, ITokenSource tokens, TimeSpan limit) : IDisposable
{
    // The longest Navi:Probe:Patience, and a little.
    private static readonly TimeSpan LongestProbe = TimeSpan.FromMinutes(4);
    // Each of many values may need a key service that is a network away.
    private static readonly TimeSpan LongestKeyWork = TimeSpan.FromMinutes(3);
    // Its tools run one after the other, some of them in the sandbox.
    private static readonly TimeSpan LongestToolCheck = TimeSpan.FromMinutes(3);
    private readonly ApiTransport api = new(address, tokens, limit);

    public Uri Address => api.Address;

    /// <summary>True when NAVI answers at all.</summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellation)
    {
        try
        {
            await api.TextAsync(HttpMethod.Get, "healthz", null, null, cancellation);
            return true;
        }
        catch (Exception e) when (e is UnreachableException or ApiException)
        {
            return false;
        }
    }

    public async Task<TaskView> CreateTaskAsync(NewTask task, string idempotencyKey, CancellationToken cancellation) =>
        AsTask(await api.JsonAsync(HttpMethod.Post, "v1/tasks", task, idempotencyKey, cancellation));

    public async Task<TaskView> GetTaskAsync(string id, CancellationToken cancellation) => AsTask(await GetAsync(Of("tasks", id), cancellation));

    public Task<JsonElement> ListTasksAsync(TaskFilter filter, CancellationToken cancellation) => GetAsync("v1/tasks" + filter.Query(), cancellation);

    public Task<string> GetDiffAsync(string id, CancellationToken cancellation) => api.TextAsync(HttpMethod.Get, Of("tasks", id, "diff"), null, null, cancellation);

    public Task<JsonElement> CancelAsync(string id, CancellationToken cancellation) => PostAsync(Of("tasks", id, "cancel"), null, cancellation);

    public async Task<TaskView> SuspendAsync(string id, CancellationToken cancellation) => AsTask(await PostAsync(Of("tasks", id, "suspend"), null, cancellation));

    public async Task<TaskView> ResumeAsync(string id, CancellationToken cancellation) => AsTask(await PostAsync(Of("tasks", id, "resume"), null, cancellation));

    public async Task<TaskView> ForkAsync(string id, NewFork fork, string idempotencyKey, CancellationToken cancellation) =>
        AsTask(await api.JsonAsync(HttpMethod.Post, Of("tasks", id, "fork"), fork, idempotencyKey, cancellation));

    /// <param name="taskId">Only those of one task; null for all.</param>
    /// <param name="cancellation">Ends the request.</param>
    public Task<JsonElement> ListPendingAsync(string? taskId, CancellationToken cancellation) =>
        GetAsync("v1/checkpoints" + Query.Of(("status", "pending"), ("task", taskId)), cancellation);

    public async Task<CheckpointView> GetCheckpointAsync(string id, CancellationToken cancellation) => Read<CheckpointView>(await GetAsync(Of("checkpoints", id), cancellation));

    public Task<JsonElement> DecideAsync(string id, NewDecision decision, CancellationToken cancellation) => PostAsync(Of("checkpoints", id, "decisions"), decision, cancellation);

    public Task<JsonElement> ListModelsAsync(CancellationToken cancellation) => GetAsync("v1/models", cancellation);

    public Task<JsonElement> TestModelAsync(string name, CancellationToken cancellation) => PostAsync(Of("models", name, "test"), null, cancellation);

    public Task<JsonElement> ListToolsAsync(CancellationToken cancellation) => GetAsync("v1/tools", cancellation);

    public Task<JsonElement> CheckToolsAsync(CancellationToken cancellation) => api.JsonAsync(HttpMethod.Post, "v1/tools/check", null, null, cancellation, LongestToolCheck);

    public Task<JsonElement> GetCostsAsync(string? since, string? until, string group, CancellationToken cancellation) =>
        GetAsync("v1/costs" + Query.Of(("since", since), ("until", until), ("group", group)), cancellation);

    public Task<JsonElement> StartProbeAsync(CancellationToken cancellation) => api.JsonAsync(HttpMethod.Post, "v1/probe", null, null, cancellation, LongestProbe);

    public Task<JsonElement> ListErrorsAsync(ErrorFilter filter, CancellationToken cancellation) => GetAsync("v1/errors" + filter.Query(), cancellation);

    public Task<JsonElement> GetErrorAsync(string id, CancellationToken cancellation) => GetAsync(Of("errors", id), cancellation);

    public Task<JsonElement> ResolveErrorAsync(string id, NewNote note, CancellationToken cancellation) => PostAsync(Of("errors", id, "resolve"), note, cancellation);

    public Task<JsonElement> ReopenErrorAsync(string id, NewNote note, CancellationToken cancellation) => PostAsync(Of("errors", id, "reopen"), note, cancellation);

    public Task<JsonElement> GetMeAsync(CancellationToken cancellation) => GetAsync("v1/me", cancellation);

    public Task<JsonElement> MakeSignInLinkAsync(CancellationToken cancellation) => PostAsync("v1/signin-links", null, cancellation);

    public Task<JsonElement> ListClientsAsync(CancellationToken cancellation) => GetAsync("v1/clients", cancellation);

    public Task<JsonElement> CreateClientAsync(NewServiceClient client, CancellationToken cancellation) => PostAsync("v1/clients", client, cancellation);

    public Task<string> DeleteClientAsync(string id, CancellationToken cancellation) => api.TextAsync(HttpMethod.Delete, Of("clients", id), null, null, cancellation);

    public Task<JsonElement> GetKeysAsync(CancellationToken cancellation) => api.JsonAsync(HttpMethod.Get, "v1/keys", null, null, cancellation, LongestKeyWork);

    public Task<JsonElement> RewrapAsync(CancellationToken cancellation) => api.JsonAsync(HttpMethod.Post, "v1/keys/rewrap", null, null, cancellation, LongestKeyWork);

    public Task<JsonElement> RotateSigningKeysAsync(CancellationToken cancellation) => PostAsync("v1/keys/rotate-signing", null, cancellation);

    public Task<JsonElement> ListSecretsAsync(CancellationToken cancellation) => GetAsync("v1/secrets", cancellation);

    public Task<JsonElement> PutSecretAsync(string name, string value, CancellationToken cancellation) => api.JsonAsync(HttpMethod.Put, Of("secrets", name), new NewSecret(value), null, cancellation);

    public Task<string> DeleteSecretAsync(string name, CancellationToken cancellation) => api.TextAsync(HttpMethod.Delete, Of("secrets", name), null, null, cancellation);

    /// <summary>Opens the stream of the events after number <paramref name="after"/>.</summary>
    public async Task<EventSource> OpenEventsAsync(string id, long after, CancellationToken cancellation)
    {
        // The stream lasts, but its beginning has to come as soon as any answer.
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(limit);
        var response = await api.ReachAsync(() => api.SendAsync(() => StreamRequest(id, after), HttpCompletionOption.ResponseHeadersRead, bounded.Token), cancellation);
        return new EventSource(api, response, await response.Content.ReadAsStreamAsync(cancellation));
    }

    public void Dispose() => api.Dispose();

    public static T Read<T>(JsonElement document) => document.Deserialize<T>(WireJson.Options)!;

    private static HttpRequestMessage StreamRequest(string id, long after)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Of("tasks", id, "events"));
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (after > 0)
            request.Headers.Add("Last-Event-ID", after.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return request;
    }

    private static TaskView AsTask(JsonElement document) => Read<TaskView>(document) with { Document = document };

    private static string Of(string kind, string id, string? what = null) => $"v1/{kind}/{Uri.EscapeDataString(id)}{(what is null ? "" : "/" + what)}";

    private Task<JsonElement> GetAsync(string path, CancellationToken cancellation) => api.JsonAsync(HttpMethod.Get, path, null, null, cancellation);

    private Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancellation) => api.JsonAsync(HttpMethod.Post, path, body, null, cancellation);
}
