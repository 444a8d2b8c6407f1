using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Navi.Benchmarks.Api;

/// <summary>Requests over kept connections, one for each client; answers are read to their end.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    public ApiClient(Uri address, string token, int clients)
    {
        if (!address.IsLoopback)
            throw new ArgumentException($"{address} is not this machine.", nameof(address));
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = clients, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The status of the answer, as text.</summary>
    public async Task<string> StatusAsync(HttpMethod method, string path, string? json, CancellationToken cancellation) => (await SendAsync(method, path, json, cancellation)).Status;

    /// <summary>The answer, which must be a success.</summary>
    /// <exception cref="HttpRequestException">It was none.</exception>
    public async Task<JsonElement> JsonAsync(HttpMethod method, string path, string? json, CancellationToken cancellation)
    {
        var (status, body) = await SendAsync(method, path, json, cancellation);
        return status[0] == '2' ? JsonElement.Parse(body) : throw new HttpRequestException($"{method} {path}: {status} {Encoding.UTF8.GetString(body)}");
    }

    public void Dispose() => http.Dispose();

    private async Task<(string Status, byte[] Body)> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return (((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture), body);
    }
}
