using System.Net.Http.Headers;
using System.Text.Json;

namespace Navi.Cli.GoLive;

/// <summary>Reads JSON of Prometheus, Alertmanager or Grafana.</summary>
/// <param name="name">Whose it is.</param>
/// <param name="address">Its address; a path is kept.</param>
/// <param name="token">A bearer token; null for none.</param>
/// <param name="limit">Most time for one answer.</param>
internal sealed class MonitoringApi(string name, Uri address, string? token, TimeSpan limit) : IDisposable
{
    private const long LargestAnswer = 16L * 1024 * 1024;
    private const int LongestReason = 300;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), Timeout = limit, MaxResponseContentBufferSize = LargestAnswer };

    /// <summary>Where it is, without a path.</summary>
    public string Where { get; } = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>The answer.</summary>
    /// <exception cref="GoLiveFailure">There is none, or it is an error; the message says what was asked.</exception>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                throw Refusal(path, (int)response.StatusCode, Reason(await response.Content.ReadAsStringAsync(cancellation)));
            return JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new GoLiveFailure(e is OperationCanceledException ? $"{name} did not answer {Path(path)} within {limit.TotalSeconds:0} s" : $"{name} at {Where} does not answer: {e.Message}");
        }
    }

    public void Dispose() => http.Dispose();

    private GoLiveFailure Refusal(string path, int status, string? said) => new($"{name} answered {Path(path)} with {status}{(said is null ? "" : $": {said}")}") { Status = status, Said = said };

    // Grafana has "message", Prometheus "error", Alertmanager a string; what stands between, such as a proxy, has a page.
    private static string? Reason(string body)
    {
        try
        {
            var document = JsonElement.Parse(body);
            var reason = document.ValueKind == JsonValueKind.Object && (document.TryGetProperty("message", out var given) || document.TryGetProperty("error", out given)) ? given : document;
            return reason.ValueKind == JsonValueKind.String && reason.GetString()!.ReplaceLineEndings(" ") is { Length: > 0 } said ? said[..Math.Min(said.Length, LongestReason)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Path(string path) => path.Split('?')[0];
}
