using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Navi.LoadTests.Driving;

/// <summary>
/// The requests of one user. Connections are not bounded: a client that waits for a free one would hide exactly the moments in which NAVI stalls.
/// </summary>
internal sealed class LoadClient(HttpClient http, string token, Recorder recorder)
{
    public const string Create = "POST /v1/tasks";
    public const string List = "GET /v1/tasks";
    public const string Read = "GET /v1/tasks/{id}";
    public const string Pending = "GET /v1/checkpoints";
    public const string Gate = "GET /v1/checkpoints/{id}";
    public const string Diff = "GET /v1/tasks/{id}/diff";
    public const string Decide = "POST /v1/checkpoints/{id}/decisions";

    /// <summary>The time until the stream begins; how long it lasts is the task's.</summary>
    public const string Events = "GET /v1/tasks/{id}/events (begin)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Connections of every user together.</summary>
    public static HttpClient Connect(Uri address) => address.IsLoopback
        ? new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2) }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan }
        : throw new ArgumentException($"{address} is not this machine.", nameof(address));

    /// <summary>Sends a request that was meant to begin at <paramref name="intended"/> and records it. The answer's body; null when it was no success.</summary>
    public async Task<byte[]?> SendAsync(string route, HttpMethod method, string path, string? json, long intended, CancellationToken ending, string? key = null)
    {
        var sent = Stopwatch.GetTimestamp();
        byte[]? body = null;
        string status;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending);
        limit.CancelAfter(Patience);
        try
        {
            using var request = Request(method, path);
            if (json is not null)
                request.Content = new StringContent(json, Encoding.UTF8, "application/json");
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            status = Status(answer);
        }
        catch (Exception e) when (KindOf(e, ending) is { } kind)
        {
            status = kind;
        }
        recorder.Add(route, status, intended, sent);
        return Recorder.Good.Contains(status) ? body : null;
    }

    /// <summary>The events of a task after number <paramref name="after"/>, until the stream ends. Nothing when it could not be opened, which is recorded.</summary>
    public async IAsyncEnumerable<(long Number, string Type, string Data)> FollowAsync(Guid task, long after, long intended, [EnumeratorCancellation] CancellationToken ending)
    {
        var sent = Stopwatch.GetTimestamp();
        HttpResponseMessage? answer = null;
        using var request = Request(HttpMethod.Get, $"/v1/tasks/{task}/events");
        if (after > 0)
            request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        string status;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending);
            status = Status(answer);
        }
        catch (Exception e) when (KindOf(e, ending) is { } kind)
        {
            status = kind;
        }
        recorder.Add(Events, status, intended, sent);
        using (answer)
        {
            if (status != "200")
                yield break;
            await using var stream = await answer!.Content.ReadAsStreamAsync(ending);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(ending))
                yield return (long.Parse(item.EventId ?? "0", CultureInfo.InvariantCulture), item.EventType, item.Data);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path) => new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static string Status(HttpResponseMessage answer) => ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);

    /// <summary>What a failure is called; null for one that is nobody's answer, such as a fault of the driver itself.</summary>
    public static string? KindOf(Exception e, CancellationToken ending) => e switch
    {
        OperationCanceledException when ending.IsCancellationRequested => "given_up",
        OperationCanceledException => "timeout",
        HttpRequestException { InnerException: SocketException socket } => socket.SocketErrorCode.ToString(),
        HttpRequestException request => request.HttpRequestError.ToString(),
        IOException => "connection_broken",
        JsonException => "not_json",
        _ => null,
    };
}
