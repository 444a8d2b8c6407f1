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
                throw new GoLiveFailure($"{name} answered {Path(path)} with {(int)response.StatusCode}");
            return JsonElement.Parse(await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new GoLiveFailure(e is OperationCanceledException ? $"{name} did not answer {Path(path)} within {limit.TotalSeconds:0} s" : $"{name} at {Where} does not answer: {e.Message}");
        }
    }

    public void Dispose() => http.Dispose();

    private static string Path(string path) => path.Split('?')[0];
}
