using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.Cli.SignIn;

namespace Navi.Cli.Api;

/// <summary>Requests to one NAVI: bearer token, time limit, bounded answers. Problems come as <see cref="ApiException"/>, a dead NAVI as <see cref="UnreachableException"/>.</summary>
internal sealed class ApiTransport : IDisposable
{
    // A diff is the largest answer there is.
    private const long LargestAnswer = 64L * 1024 * 1024;

    private readonly HttpClient http;
    private readonly ITokenSource tokens;
    private readonly TimeSpan limit;

    public ApiTransport(Uri address, ITokenSource tokens, TimeSpan limit)
    {
        this.tokens = tokens;
        this.limit = limit;
        // No time limit on the client as a whole: an event stream lasts. Requests have their own.
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    public Uri Address => http.BaseAddress!;

    /// <summary>The answer as JSON. <paramref name="least"/> is how long NAVI may take by its own rules, where that is longer than the person wants to wait for an answer.</summary>
    public async Task<JsonElement> JsonAsync(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellation, TimeSpan least = default)
    {
        var text = await TextAsync(method, path, body, idempotencyKey, cancellation, least);
        try
        {
            return text.Length == 0 ? default : JsonElement.Parse(text);
        }
        catch (JsonException e)
        {
            throw new UnreachableException($"{Address} answered something that is not NAVI's JSON. Check the address: it must be NAVI's own, not a sign-in page or a proxy's.", e);
        }
    }

    public async Task<string> TextAsync(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellation, TimeSpan least = default)
    {
        var patience = least > limit ? least : limit;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(patience);
        return await ReachAsync(
            async () =>
            {
                using var response = await SendAsync(() => Request(method, path, body, idempotencyKey), HttpCompletionOption.ResponseContentRead, bounded.Token);
                return await response.Content.ReadAsStringAsync(bounded.Token);
            }, cancellation, patience);
    }

    /// <summary>The answer as soon as its head is there; problems are thrown.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, HttpCompletionOption completion, CancellationToken cancellation)
    {
        var token = await tokens.GetAsync(cancellation);
        var response = await SendOnceAsync(request(), token, completion, cancellation);
        // Once: a token that is new and still refused is not ours to mend.
        if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null && await tokens.RenewAsync(token, cancellation) is { } renewed)
        {
            response.Dispose();
            response = await SendOnceAsync(request(), renewed, completion, cancellation);
        }
        await ThrowOnProblemAsync(response, cancellation);
        return response;
    }

    /// <summary>Runs what talks to NAVI and turns every way of not being answered into one exception.</summary>
    public async Task<T> ReachAsync<T>(Func<Task<T>> send, CancellationToken cancellation, TimeSpan? patience = null)
    {
        try
        {
            return await send();
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UnreachableException(NetworkFailure.Say(Address, e, patience ?? limit), e);
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body, body.GetType(), options: WireJson.Options);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return request;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, string? token, HttpCompletionOption completion, CancellationToken cancellation)
    {
        using (request)
        {
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return await http.SendAsync(request, completion, cancellation);
        }
    }

    private static async Task ThrowOnProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.IsSuccessStatusCode)
            return;
        using (response)
        {
            var problem = await Problem.ReadAsync(response, cancellation);
            throw response.StatusCode >= HttpStatusCode.InternalServerError ? new UnreachableException(problem.Message, problem) : problem;
        }
    }
}
