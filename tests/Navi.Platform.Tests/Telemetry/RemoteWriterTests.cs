using System.Collections.Concurrent;
using System.Net;
using Azure.Core;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Navi.Platform.Telemetry.Metrics;
using Navi.Platform.Telemetry.RemoteWrite;
using Snappier;

namespace Navi.Platform.Tests.Telemetry;

/// <summary>Remote write against a receiver that reads what it gets back into series.</summary>
public sealed class RemoteWriterTests : IAsyncLifetime
{
    private static readonly MetricPoint[] Points = [new("navi_b_total", ["z", "a"], ["1", "two"], 3.5), new("navi_a", ["empty"], [""], -1)];
    private readonly ConcurrentQueue<(IHeaderDictionary Headers, List<string> Series)> requests = new();
    private readonly Queue<(int Status, string Words)> answers = new();
    private WebApplication app = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/api/v1/write", TakeAsync);
        await app.StartAsync(Stop);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Send_Series_ArrivesWithSortedLabelsAndJob()
    {
        using var writer = Writer("none");
        await writer.SendAsync(Points, Stop);
        var (headers, series) = Assert.Single(requests);
        Assert.Equal(["__name__=navi_b_total,a=two,job=navi,z=1 3.5 1700000000123", "__name__=navi_a,job=navi -1 1700000000123", "__name__=up,job=navi 1 1700000000123"], series);
        Assert.Equal(("snappy", "application/x-protobuf", "0.1.0", ""), (headers.ContentEncoding.ToString(), headers.ContentType.ToString(), headers["X-Prometheus-Remote-Write-Version"].ToString(), headers.Authorization.ToString()));
    }

    [Fact]
    public async Task Send_WithAnIdentity_ShowsItsTokenForTheScope()
    {
        using var writer = Writer("entra");
        await writer.SendAsync(Points, Stop);
        Assert.Equal("Bearer token-for-https://monitor.azure.com/.default", Assert.Single(requests).Headers.Authorization.ToString());
    }

    [Fact]
    public async Task Send_ManySeries_GoesInParts()
    {
        using var writer = Writer("none");
        await writer.SendAsync(Enumerable.Range(0, 4_500).Select(i => new MetricPoint("navi_x", ["i"], [$"{i}"], i)), Stop);
        Assert.Equal([2_000, 2_000, 501], requests.Select(r => r.Series.Count));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Send_ReceiverIsBusy_TriesAgain(int status)
    {
        answers.Enqueue((status, "later"));
        using var writer = Writer("none");
        await writer.SendAsync(Points, Stop);
        Assert.Equal(2, requests.Count);
    }

    [Fact]
    public async Task Send_Refused_SaysWhyAndTriesNotAgain()
    {
        answers.Enqueue((400, "out of order sample"));
        using var writer = Writer("none");
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => writer.SendAsync(Points, Stop));
        Assert.Contains("400 out of order sample", refusal.Message, StringComparison.Ordinal);
        Assert.Single(requests);
    }

    [Fact]
    public async Task Send_ReceiverIsAway_FailsAfterThreeTries()
    {
        for (var i = 0; i < 4; i++)
            answers.Enqueue((500, "broken"));
        using var writer = Writer("none");
        Assert.Equal(HttpStatusCode.InternalServerError, (await Assert.ThrowsAsync<HttpRequestException>(() => writer.SendAsync(Points, Stop))).StatusCode);
        Assert.Equal(3, requests.Count);
        await app.StopAsync(Stop);
        await Assert.ThrowsAsync<HttpRequestException>(() => writer.SendAsync(Points, Stop));
    }

    private RemoteWriter Writer(string identity) => new(
        Options.Create(new RemoteWriteOptions { Endpoint = $"{app.Urls.Single()}/api/v1/write", Identity = identity }), () => new Named(), new At());

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        requests.Enqueue((new HeaderDictionary(request.Headers.ToDictionary()), [.. Series(Snappy.DecompressToArray(body.ToArray()))]));
        return answers.TryDequeue(out var answer) ? Results.Text(answer.Words, statusCode: answer.Status) : Results.NoContent();
    }

    // Read by the field numbers of prompb alone: 1 labels (1 name, 2 value), 2 samples (1 value, 2 moment).
    private static IEnumerable<string> Series(byte[] request) => Parts(request).Select(p =>
    {
        var parts = Parts(p.Bytes).ToList();
        var labels = parts.Where(x => x.Field == 1).Select(l => string.Join('=', Parts(l.Bytes).Select(t => ByteString.CopyFrom(t.Bytes).ToStringUtf8())));
        using var sample = new CodedInputStream(parts.Single(x => x.Field == 2).Bytes);
        Assert.Equal(9u, sample.ReadTag());
        var value = sample.ReadDouble();
        Assert.Equal(16u, sample.ReadTag());
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{string.Join(',', labels)} {value} {sample.ReadInt64()}");
    });

    private static IEnumerable<(int Field, byte[] Bytes)> Parts(byte[] message)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
            yield return (WireFormat.GetTagFieldNumber(tag), input.ReadBytes().ToByteArray());
    }

    private sealed class Named : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new($"token-for-{requestContext.Scopes.Single()}", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    private sealed class At : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);
    }
}
