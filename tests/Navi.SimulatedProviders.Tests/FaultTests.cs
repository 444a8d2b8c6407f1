using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;

namespace Navi.SimulatedProviders.Tests;

public sealed class FaultTests
{
    private static readonly Turn Long = new() { Text = string.Concat(Enumerable.Repeat("A sentence of some length. ", 40)) };

    [Theory]
    [InlineData(FaultKind.RateLimited, 429, "rate_limit_exceeded")]
    [InlineData(FaultKind.ServerError, 500, "server_error")]
    [InlineData(FaultKind.Unavailable, 503, "server_error")]
    [InlineData(FaultKind.PromptFiltered, 400, "invalid_prompt")]
    public async Task Status_FirstAttemptOnly_ThenAnswers(FaultKind kind, int status, string word)
    {
        await using var server = await StartAsync(new Fault { Kind = kind, Turn = 0, RetryAfter = 7 });
        using var http = new HttpClient();

        using var first = await AskAsync(http, server);
        using var second = await AskAsync(http, server);

        Assert.Equal((status, HttpStatusCode.OK), ((int)first.StatusCode, second.StatusCode));
        Assert.Contains(word, await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(kind is FaultKind.RateLimited or FaultKind.Unavailable ? TimeSpan.FromSeconds(7) : null, first.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task RetryAfter_AsDateOrAbsent_IsAsTold(bool date, bool present)
    {
        await using var server = await StartAsync(new Fault { Kind = FaultKind.RateLimited, RetryAfter = present ? 60 : null, RetryAfterDate = date });
        using var http = new HttpClient();

        using var answer = await AskAsync(http, server);

        Assert.Equal(present, answer.Headers.RetryAfter?.Date is not null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cut_AfterBytes_LeavesExactlyThese(bool orderly)
    {
        await using var server = await StartAsync(new Fault { Kind = FaultKind.Cut, AfterBytes = 300, Orderly = orderly, Call = 1 });
        using var http = new HttpClient();

        using var answer = await AskAsync(http, server, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await answer.Content.ReadAsStreamAsync();
        var got = 0;
        var broken = await Record.ExceptionAsync(async () =>
        {
            for (int read; (read = await stream.ReadAsync(new byte[64])) > 0;)
                got += read;
        });

        Assert.Equal((300, orderly), (got, broken is null));
    }

    [Fact]
    public async Task BrokenJson_InStream_IsNoJson()
    {
        await using var server = await StartAsync(new Fault { Kind = FaultKind.BrokenJson });
        using var http = new HttpClient();

        using var answer = await AskAsync(http, server);
        var frames = (await answer.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.ThrowsAny<JsonException>(() => JsonElement.Parse(frames[^1]["data: ".Length..]));
    }

    [Theory]
    [InlineData(FaultKind.HangStart, 0)]
    [InlineData(FaultKind.HangMiddle, 100)]
    public async Task Hang_UntilTheClientLeaves_SendsNoMore(FaultKind kind, int bytes)
    {
        await using var server = await StartAsync(new Fault { Kind = kind, AfterBytes = 100 });
        using var http = new HttpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var got = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            using var answer = await AskAsync(http, server, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            await using var stream = await answer.Content.ReadAsStreamAsync(patience.Token);
            for (int read; (read = await stream.ReadAsync(new byte[64], patience.Token)) > 0;)
                got += read;
        });

        Assert.Equal(bytes, got);
    }

    [Fact]
    public async Task Random_SameSeed_SameFailuresWhateverTheOrder()
    {
        var fault = new Fault { Kind = FaultKind.ServerError, Probability = 0.5 };
        var runs = new List<string>();
        foreach (var (seed, order) in new[] { (5, Enumerable.Range(0, 24)), (5, Enumerable.Range(0, 24).Reverse()), (6, Enumerable.Range(0, 24)) })
        {
            await using var server = await SimulatedProvider.StartAsync(new Scenario { Seed = seed, Turns = [Long], Faults = [fault] });
            using var http = new HttpClient();
            var seen = new SortedDictionary<int, int>();
            foreach (var n in order)
            {
                using var answer = await AskAsync(http, server, prompt: $"conversation {n}");
                seen[n] = (int)answer.StatusCode;
            }
            runs.Add(string.Join(',', seen.Values));
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
        Assert.Contains("500", runs[0], StringComparison.Ordinal);
        Assert.Contains("200", runs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Latency_LogNormal_HasItsMedianAndPercentile()
    {
        var latency = new Latency { P50 = 100, P95 = 400 };
        var random = new Random(3);

        var drawn = Enumerable.Range(0, 20_000).Select(_ => latency.Draw(random).TotalMilliseconds).Order().ToList();

        Assert.InRange(drawn[10_000], 95, 105);
        Assert.InRange(drawn[19_000], 370, 430);
    }

    [Fact]
    public async Task Control_ScenarioLogAndCounters_AreServed()
    {
        await using var server = await SimulatedProvider.StartAsync();
        using var http = new HttpClient();

        using var set = await http.PostAsync(server.Address + "/_control/scenario", new StringContent("""{"turns":[{"text":"hi","input_tokens":9,"output_tokens":2}],"faults":[{"kind":"rate_limited","call":1}]}"""));
        using var wrong = await http.PostAsync(server.Address + "/_control/scenario", new StringContent("""{"turn":[]}"""));
        using var first = await AskAsync(http, server);
        using var second = await AskAsync(http, server);
        var counters = await http.GetFromJsonAsync<JsonElement>(server.Address + "/_control/counters");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.BadRequest), (set.StatusCode, wrong.StatusCode));
        Assert.Equal((2, 9, 2), (counters.GetProperty("requests").GetInt32(), counters.GetProperty("input_tokens").GetInt32(), counters.GetProperty("output_tokens").GetInt32()));
        Assert.Equal(1, counters.GetProperty("statuses").GetProperty("429").GetInt32());
        Assert.Equal(2, (await http.GetFromJsonAsync<JsonElement>(server.Address + "/_control/log")).GetArrayLength());
    }

    private static Task<SimulatedProvider> StartAsync(Fault fault) => SimulatedProvider.StartAsync(new Scenario { Turns = [Long], Faults = [fault] });

    private static Task<HttpResponseMessage> AskAsync(
        HttpClient http, SimulatedProvider server, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead, CancellationToken cancellation = default, string prompt = "hi")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Address + "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "gpt", stream = true, messages = new[] { new { role = "user", content = prompt } } }), Headers = { { "Authorization", "Bearer k" } },
        };
        return http.SendAsync(request, completion, cancellation);
    }
}
