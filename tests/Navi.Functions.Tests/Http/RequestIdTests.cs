using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Navi.Testing;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Http;

/// <summary>Every answer names its request, and every request takes its place in the caller's trace.</summary>
public sealed class RequestIdTests
{
    [Theory]
    [InlineData("build-4711", true)]
    [InlineData("two words", false)]
    [InlineData("line\tbreak", false)]
    [InlineData("", false)]
    public async Task Answer_ToAnId_RepeatsAPlainWordAndNothingElse(string given, bool repeated)
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/tasks/unknown");
        request.Headers.TryAddWithoutValidation("X-Request-Id", given);
        using var answer = await navi.Http.SendAsync(request);
        var id = Assert.Single(answer.Headers.GetValues("X-Request-Id"));
        Assert.Equal(repeated, id == given);
        Assert.Matches("^[A-Za-z0-9._-]{1,128}$", id);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(id, JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task Refusal_WithoutAToken_NamesItsRequestToo()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        navi.Http.DefaultRequestHeaders.Authorization = null;
        using var answer = await navi.Http.GetAsync("/v1/tasks");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Single(answer.Headers.GetValues("X-Request-Id"));
    }

    [Theory]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("nonsense", null)]
    public async Task Request_WithATraceParent_ContinuesThatTrace(string given, string? trace)
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Navi.Http", Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = seen.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var navi = await Slice.StartAsync((_, _) => []);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        var id = Guid.NewGuid().ToString("n");
        request.Headers.TryAddWithoutValidation("traceparent", given);
        request.Headers.TryAddWithoutValidation("X-Request-Id", id);
        using var answer = await navi.Http.SendAsync(request);
        // It ends when the answer is out, which the caller may have seen before.
        await Wait.UntilAsync(() => Task.FromResult(seen.Any(a => id.Equals(a.GetTagItem("navi.request_id")))), () => "no activity of the request ended");
        var activity = Assert.Single(seen, a => id.Equals(a.GetTagItem("navi.request_id")));
        Assert.Equal("Healthz", activity.OperationName);
        if (trace is not null)
            Assert.Equal(trace, activity.TraceId.ToString());
    }
}
