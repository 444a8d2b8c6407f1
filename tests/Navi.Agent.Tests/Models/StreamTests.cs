using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Navi.Agent.Tests.Models.Support;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Agent.Tests.Models;

/// <summary>When an answer begins, and when a circuit breaker is open.</summary>
public sealed class StreamTests
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(600);

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task FirstToken_OfAnAnswerThatIsACall_IsItsFirstPiece(string kind)
    {
        var text = kind == "openai" ? Answers.OpenAiTools : Answers.AnthropicTools;
        // Everything but the end comes at once: an adapter shows a call no sooner than it is whole.
        var half = text.LastIndexOf(kind == "openai" ? "data: {" : "event: message_delta", StringComparison.Ordinal);
        await using var server = await ModelServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(text[..half]);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Between);
            await context.Response.WriteAsync(text[half..]);
        });
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry(kind, server));

        await bench.AskAsync();

        var attempt = Assert.Single(await bench.AttemptsAsync());
        Assert.Equal("ok", attempt.Status);
        Assert.True(attempt.LatencyMs - attempt.TtftMs >= Between.TotalMilliseconds / 2, $"first token after {attempt.TtftMs} ms of {attempt.LatencyMs} ms");
    }

    [Fact]
    public async Task CircuitState_AfterItsTimeWithoutACall_IsATrial()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 10, 0, 0, TimeSpan.Zero));
        await using var server = await ModelServer.StartAsync(Answers.Status(500), Answers.Status(500), Answers.Status(500));
        await using var bench = await ModelBench.CreateAsync(time, null, ModelBench.Entry(
            "openai", server, "m1", ("Navi:Models:MaxAttempts", "1"), ("Navi:Models:BreakerFailures", "2"), ("Navi:Models:BreakDuration", "00:00:30")));

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAnyAsync<Exception>(() => bench.AskAsync());
        Assert.Equal(2, State());
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1, State());

        double State() => bench.Services.GetServices<IProcessGauges>().SelectMany(g => g.Read()).Single(s => s.Metric == MetricCatalogue.CircuitState && s.Labels[0] == "m1").Value;
    }
}
