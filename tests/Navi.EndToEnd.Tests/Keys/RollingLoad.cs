using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.Keys;

/// <summary>
/// Clients that ask without a pause, in turn the processes that serve: reads, tokens, secrets that are kept and secrets that are used. A request whose process does not answer at all is sent to the next one and
/// counted as a failover; one that is answered otherwise than it should be is a failure.
/// </summary>
internal sealed class RollingLoad(string token, string clientId, string clientSecret) : IAsyncDisposable
{
    private const int Attempts = 4;
    private readonly Lock gate = new();
    private readonly List<HttpClient> serving = [];
    private readonly List<HttpClient> all = [];
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<string, int> done = new();
    private Task[] workers = [];
    private int requests;
    private int failovers;
    private int turn;

    public int Requests => requests;

    public int Failovers => failovers;

    public ConcurrentQueue<string> Failures { get; } = new();

    /// <summary>How often each kind of request was made.</summary>
    public string Kinds => string.Join(", ", done.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value}"));

    /// <summary>Requests go there, too, from now on.</summary>
    public void Add(Uri address)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        lock (gate)
        {
            serving.Add(client);
            all.Add(client);
        }
    }

    /// <summary>No new request goes there.</summary>
    public void Remove(Uri address)
    {
        lock (gate)
            serving.RemoveAll(c => c.BaseAddress == address);
    }

    public void Start(int count) => workers = [.. Enumerable.Range(0, count).Select(n => Task.Run(() => WorkAsync(n)))];

    /// <summary>Waits until every kind of request has been made a few more times.</summary>
    public async Task RoundAsync()
    {
        var before = done.ToDictionary();
        await Wait.UntilAsync(
            () => Task.FromResult(!Failures.IsEmpty || (before.Count > 0 && before.All(b => done[b.Key] >= b.Value + 5)) || (before.Count == 0 && done.Count == 5 && done.Values.All(n => n >= 5))),
            () => $"the load stands still: {Kinds}");
    }

    public async Task StopAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(workers);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var client in all)
            client.Dispose();
        ending.Dispose();
    }

    private async Task WorkAsync(int worker)
    {
        for (var n = 0; !ending.IsCancellationRequested; n++)
        {
            await AskAsync("reads", HttpMethod.Get, "/v1/secrets", token, null, _ => true);
            await AskAsync("keeps", HttpMethod.Put, $"/v1/secrets/written-{worker}-{n % 3}", token, () => JsonContent.Create(new { value = $"value {n}" }), _ => true);
            var issued = await AskAsync("tokens", HttpMethod.Post, "/connect/token", null, Form, a => a.TryGetProperty("access_token", out _));
            if (issued.ValueKind == JsonValueKind.Object && issued.TryGetProperty("access_token", out var access))
                await AskAsync("callers", HttpMethod.Get, "/v1/me", access.GetString(), null, _ => true);
            await AskAsync("uses", HttpMethod.Post, "/v1/models/main/test", token, null, a => a.GetProperty("ok").GetBoolean());
        }
    }

    private FormUrlEncodedContent Form() =>
        new(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = clientSecret, ["scope"] = "navi" });

    private async Task<JsonElement> AskAsync(string kind, HttpMethod method, string path, string? bearer, Func<HttpContent>? content, Func<JsonElement, bool> isGood)
    {
        Interlocked.Increment(ref requests);
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke() };
            if (bearer is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            try
            {
                using var answer = await Next().SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                var body = text.StartsWith('{') ? JsonElement.Parse(text) : default;
                if (!answer.IsSuccessStatusCode || !isGood(body))
                    Failures.Enqueue($"{kind}: {(int)answer.StatusCode} {text}");
                done.AddOrUpdate(kind, 1, (_, n) => n + 1);
                return body;
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                Interlocked.Increment(ref failovers);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Failures.Enqueue($"{kind}: {e.Message}");
                return default;
            }
        }
    }

    private HttpClient Next()
    {
        lock (gate)
            return serving[turn++ % serving.Count];
    }
}
