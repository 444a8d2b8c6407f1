using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Azure.Core;
using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;
using Navi.Platform.Telemetry.Metrics;
using Polly;
using Polly.Retry;
using Snappier;

namespace Navi.Platform.Telemetry.RemoteWrite;

/// <summary>Sends the installation's series to a receiver of Prometheus' remote write (Prometheus Remote-Write Specification 1.0).</summary>
internal sealed class RemoteWriter : IDisposable
{
    /// <summary>The value of <c>job</c>: as in prometheus/prometheus.yml, so that the same rules hold.</summary>
    public const string Job = "navi";

    private const int LargestPart = 2_000;
    private const int MostOfRefusal = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdentityPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly RemoteWriteOptions options;
    private readonly Lazy<TokenCredential> identity;
    private readonly TimeProvider time;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience }) { Timeout = Patience, MaxResponseContentBufferSize = 1 << 16 };
    private readonly ResiliencePipeline<HttpResponseMessage> retry;

    /// <param name="options">Where to.</param>
    /// <param name="entra">Makes the identity when it is first needed.</param>
    /// <param name="time">Moment of the samples, and the pauses.</param>
    public RemoteWriter(IOptions<RemoteWriteOptions> options, Func<TokenCredential> entra, TimeProvider time)
    {
        this.options = options.Value;
        this.time = time;
        identity = new(entra);
        retry = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            // Samples of the same moment may be sent again; what was refused for what it is would be refused again.
            ShouldHandle = a => ValueTask.FromResult(a.Outcome.Exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException } || a.Outcome.Result is { StatusCode: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError }),
            MaxRetryAttempts = 2, Delay = TimeSpan.FromSeconds(1), MaxDelay = LongestPause, BackoffType = DelayBackoffType.Exponential, UseJitter = true,
            OnRetry = a =>
            {
                a.Outcome.Result?.Dispose();
                return ValueTask.CompletedTask;
            },
            DelayGenerator = a => ValueTask.FromResult(a.Outcome.Result?.Headers.RetryAfter?.Delta is { } wish ? (wish < LongestPause ? wish : LongestPause) : (TimeSpan?)null),
        }).Build();
    }

    /// <summary>Whether a receiver is configured.</summary>
    public bool IsConfigured => options.Endpoint is { Length: > 0 };

    /// <summary>Sends the series with the moment of now.</summary>
    /// <exception cref="HttpRequestException">The receiver refuses them, or can't be reached in three tries; the message has its words.</exception>
    /// <exception cref="OperationCanceledException">It takes longer than ten seconds to answer, three times, or no identity is found within twenty.</exception>
    public async Task SendAsync(IEnumerable<MetricPoint> points, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        // What a scrape that succeeded would note: the rules about NAVI's absence count on it.
        foreach (var part in points.Append(new MetricPoint("up", [], [], 1)).Chunk(LargestPart))
            await SendPartAsync(Snappy.CompressToArray(WriteRequest.Of(part, Job, at)), cancellation);
    }

    public void Dispose() => http.Dispose();

    private async Task SendPartAsync(byte[] body, CancellationToken cancellation)
    {
        using var answer = await retry.ExecuteAsync(async stop =>
        {
            using var request = await RequestAsync(body, stop);
            return await http.SendAsync(request, stop);
        }, cancellation);
        if (answer.IsSuccessStatusCode)
            return;
        var words = await answer.Content.ReadAsStringAsync(cancellation);
        throw new HttpRequestException(string.Create(
            CultureInfo.InvariantCulture, $"{options.Endpoint} does not take the metrics: {(int)answer.StatusCode} {words[..Math.Min(words.Length, MostOfRefusal)].Trim()}"), null, answer.StatusCode);
    }

    private async Task<HttpRequestMessage> RequestAsync(byte[] body, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-protobuf");
        request.Content.Headers.ContentEncoding.Add("snappy");
        request.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("navi", NaviVersion.Text));
        if (options.Identity != "none")
            request.Headers.Authorization = new("Bearer", await TokenAsync(cancellation));
        return request;
    }

    // The library keeps it until it nears its end. Where there is no identity at all, it looks for one for minutes.
    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(IdentityPatience);
        return (await identity.Value.GetTokenAsync(new TokenRequestContext([options.Scope]), bound.Token)).Token;
    }
}
