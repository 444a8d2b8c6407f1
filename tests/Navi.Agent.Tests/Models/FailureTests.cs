using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Navi.Agent.Models.Routing;
using Navi.Agent.Tests.Models.Support;
using Navi.Testing;

namespace Navi.Agent.Tests.Models;

public sealed class FailureTests
{
    [Theory]
    [InlineData(429, "rate_limited")]
    [InlineData(500, "server_error")]
    [InlineData(503, "server_error")]
    public async Task Transient_OnceThenAnAnswer_IsAskedAgain(int status, string code)
    {
        await using var server = await ModelServer.StartAsync(Answers.Status(status), Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", server));

        Assert.Equal("Hello", (await bench.AskAsync()).Text);

        var attempts = await bench.AttemptsAsync();
        Assert.Equal([(1, "failed", code), (2, "ok", null)], attempts.Select(a => (a.Number, a.Status, a.ErrorType)));
        Assert.Contains($"retry:m1:{code}", attempts[1].Routing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7_000)]
    [InlineData("Retry-After", "date", 9_000)]
    [InlineData("retry-after-ms", "2500", 2_500)]
    public async Task RetryAfter_SecondsDateOrMilliseconds_IsWaitedForAndNotLonger(string header, string value, int expected)
    {
        var time = new TimerRecorder();
        if (value == "date")
            value = time.GetUtcNow().AddSeconds(9).ToString("R", CultureInfo.InvariantCulture);
        await using var server = await ModelServer.StartAsync(Answers.Status(429, "", (header, value)), Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(time, null, ModelBench.Entry("openai", server));

        var asking = bench.AskAsync();
        var wait = TimeSpan.FromMilliseconds(expected);
        await Wait.UntilAsync(() => Task.FromResult(time.Timers.Contains(wait)), () => $"no timer of {wait}; there were {string.Join(", ", time.Timers)}");
        Assert.Single(server.Requests);
        time.Advance(wait);

        Assert.Equal("Hello", (await asking).Text);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task RetryAfter_LongerThanAllowed_GoesToTheNextModelAtOnce()
    {
        await using var first = await ModelServer.StartAsync(Answers.Status(429, "", ("Retry-After", "3600")));
        await using var second = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", first), ModelBench.Entry("openai", second, "m2"));

        Assert.Equal("Hello", (await bench.AskAsync()).Text);

        var attempts = await bench.AttemptsAsync();
        Assert.Equal([("m1", "failed"), ("m2", "ok")], attempts.Select(a => (a.Provider, a.Status)));
        Assert.Equal(["first_in_order", "failover:m1:rate_limited"], JsonElement.Parse(attempts[1].Routing).GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
    }

    [Theory]
    [InlineData(false, "first_token_timeout")]
    [InlineData(true, "idle_timeout")]
    public async Task Silence_BeforeOrInTheMiddle_IsAFailedAttempt(bool begun, string code)
    {
        var part = begun ? Answers.OpenAiText[..Answers.OpenAiText.IndexOf("data:", 10, StringComparison.Ordinal)] : "";
        await using var server = await ModelServer.StartAsync(Answers.Silent(part), Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", server, "m1", ("FirstTokenTimeout", begun ? "00:01:00" : "00:00:00.3"), ("IdleTimeout", "00:00:00.3")));

        Assert.Equal("Hello", (await bench.AskAsync()).Text);

        var attempts = await bench.AttemptsAsync();
        Assert.Equal([("failed", code), ("ok", null)], attempts.Select(a => (a.Status, a.ErrorType)));
        Assert.Equal(begun, attempts[0].TtftMs is not null);
    }

    [Fact]
    public async Task Connection_Refused_FailsOverAndTheUsageOfACutStreamIsKept()
    {
        string address;
        await using (var gone = await ModelServer.StartAsync(Answers.Status(500)))
            address = gone.Address;
        var cut = Answers.OpenAiText.Replace("\"finish_reason\":\"stop\"", "\"finish_reason\":null", StringComparison.Ordinal);
        await using var second = await ModelServer.StartAsync(Answers.Stream(cut), Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(
            new Dictionary<string, string?> { ["Name"] = "m1", ["Kind"] = "openai", ["Endpoint"] = address, ["Model"] = "m", ["ApiKey"] = "k", ["Navi:Models:MaxAttempts"] = "2" },
            ModelBench.Entry("openai", second, "m2"));

        Assert.Equal("Hello", (await bench.AskAsync()).Text);

        var attempts = await bench.AttemptsAsync();
        Assert.Equal([("m1", "connection"), ("m1", "connection"), ("m2", "cut_stream"), ("m2", null)], attempts.Select(a => (a.Provider, a.ErrorType)));
        Assert.Equal(100, attempts[2].InputTokens);
    }

    [Fact]
    public async Task ContentFilter_RefusalOrFilteredAnswer_IsFinalForEveryModel()
    {
        var filtered = Answers.OpenAi(["No"], "content_filter", """{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}""");
        Func<HttpContext, Task>[] answers = [Answers.Status(400, """{"error":{"code":"content_filter","message":"The prompt was filtered."}}"""), Answers.Stream(filtered)];
        foreach (var answer in answers)
        {
            await using var first = await ModelServer.StartAsync(answer);
            await using var second = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
            await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("azure_openai", first), ModelBench.Entry("openai", second, "m2"));

            var failure = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync());

            Assert.Equal((ModelFailureKind.ContentFilter, true), (failure.Kind, failure.IsFinal));
            Assert.Contains("filter", failure.Message, StringComparison.Ordinal);
            Assert.Empty(second.Requests);
            Assert.Equal([("failed", "content_filter")], (await bench.AttemptsAsync()).Select(a => (a.Status, a.ErrorType)));
        }
    }

    [Fact]
    public async Task ContextTooLong_OnlyModel_IsFinalAndNamed()
    {
        await using var server = await ModelServer.StartAsync(Answers.Status(400, """{"error":{"code":"context_length_exceeded","message":"This model's maximum context length is 8192 tokens."}}"""));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", server));

        var failure = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync());

        Assert.Equal((ModelFailureKind.ContextTooLong, true), (failure.Kind, failure.IsFinal));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Circuit_AfterManyFailures_OpensAndClosesByTheClock()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-24T10:00:00Z", CultureInfo.InvariantCulture));
        await using var first = await ModelServer.StartAsync(Answers.Status(500), Answers.Status(500), Answers.Stream(Answers.OpenAiText));
        await using var second = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        var entry = ModelBench.Entry("openai", first);
        entry["Navi:Models:MaxAttempts"] = "1";
        entry["Navi:Models:BreakerFailures"] = "2";
        await using var bench = await ModelBench.CreateAsync(time, null, entry, ModelBench.Entry("openai", second, "m2"));

        for (var turn = 0; turn < 4; turn++)
            Assert.Equal("Hello", (await bench.AskAsync(turn: turn)).Text);
        Assert.Equal((2, 4), (first.Requests.Count, second.Requests.Count));
        Assert.Contains(await bench.AttemptsAsync(), a => a.Routing.Contains("failover:m1:circuit_open", StringComparison.Ordinal));

        time.Advance(TimeSpan.FromSeconds(31));
        await bench.AskAsync(turn: 5);
        Assert.Equal((3, 4), (first.Requests.Count, second.Requests.Count));
    }

    [Fact]
    public async Task Cancellation_InTheMiddle_IsRecordedAsCancelled()
    {
        var reached = new TaskCompletionSource();
        await using var server = await ModelServer.StartAsync(Answers.Silent("", reached));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", server));
        using var stop = new CancellationTokenSource();

        var asking = bench.AskAsync(cancellation: stop.Token);
        await reached.Task.WaitAsync(Wait.Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.Equal([("cancelled", "cancelled")], (await bench.AttemptsAsync()).Select(a => (a.Status, a.ErrorType)));
        Assert.Single(server.Requests);
    }
}
