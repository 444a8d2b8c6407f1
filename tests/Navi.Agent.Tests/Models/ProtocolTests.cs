using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Routing;
using Navi.Agent.Tests.Models.Support;

namespace Navi.Agent.Tests.Models;

public sealed class ProtocolTests
{
    private static readonly string[] Paths = ["a.txt", "b.txt"];

    public static TheoryData<string, string, string, string> Kinds => new()
    {
        { "azure_openai", Answers.OpenAiText, Answers.OpenAiTools, "text/event-stream" },
        { "openai", Answers.OpenAiText, Answers.OpenAiTools, "text/event-stream" },
        { "openai_compatible", Answers.OpenAiText, Answers.OpenAiTools, "text/event-stream" },
        { "anthropic", Answers.AnthropicText, Answers.AnthropicTools, "text/event-stream" },
        { "ollama", Answers.OllamaText, Answers.OllamaTools, "application/x-ndjson" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Text_Streamed_IsWholeWithItsUsage(string kind, string text, string tools, string type)
    {
        _ = tools;
        await using var server = await ModelServer.StartAsync(Answers.Stream(text, type));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry(kind, server, "m1", ("Prices:Input", "10"), ("Prices:CachedInput", "1"), ("Prices:Output", "20")));

        var answer = await bench.AskAsync();

        Assert.Equal("Hello", answer.Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        var attempt = Assert.Single(await bench.AttemptsAsync());
        Assert.Equal(("m1", 1, "ok", null), (attempt.Provider, attempt.Number, attempt.Status, attempt.ErrorType));
        var cached = kind == "ollama" ? 0 : 40;
        Assert.Equal((100, cached, 7), (attempt.InputTokens, attempt.CachedInputTokens, attempt.OutputTokens));
        Assert.Equal((((100 - cached) * 10m + cached) / 1_000_000, 7 * 20m / 1_000_000), (attempt.InputCost, attempt.OutputCost));
        Assert.NotNull(attempt.TtftMs);
        Assert.NotNull(attempt.LatencyMs);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tools_ParallelCallsAndTheirResults_GoBothWays(string kind, string text, string tools, string type)
    {
        _ = text;
        await using var server = await ModelServer.StartAsync(Answers.Stream(tools, type));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry(kind, server));
        var declared = AIFunctionFactory.CreateDeclaration("read_file", "Reads a file.", JsonElement.Parse("""{"type":"object","properties":{"path":{"type":"string"}},"required":["path"]}"""));

        var answer = await bench.AskAsync(
            options: new ChatOptions { Tools = [declared] },
            messages:
            [
                new(ChatRole.System, "You help."), new(ChatRole.User, "read both"),
                new(ChatRole.Assistant, [new FunctionCallContent("0-0", "read_file", new Dictionary<string, object?> { ["path"] = "x" }), new FunctionCallContent("0-1", "read_file", new Dictionary<string, object?> { ["path"] = "y" })]),
                new(ChatRole.Tool, [new FunctionResultContent("0-0", "first"), new FunctionResultContent("0-1", "second")]),
            ]);

        var calls = answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(Paths, calls.Select(c => c.Arguments!["path"]!.ToString()));
        Assert.Equal(["read_file", "read_file"], calls.Select(c => c.Name));
        var body = Assert.Single(server.Requests).Body;
        Assert.Equal("read_file", Deep(body, "tools").EnumerateArray().Select(t => t.TryGetProperty("function", out var f) ? f : t).Single().GetProperty("name").GetString());
        var told = body.GetProperty("messages").GetRawText();
        foreach (var word in new[] { "first", "second" })
            Assert.Contains(word, told, StringComparison.Ordinal);
        if (kind != "ollama")
            Assert.True(told.Contains("\"0-0\"", StringComparison.Ordinal) && told.Contains("\"0-1\"", StringComparison.Ordinal), told);
        Assert.DoesNotContain("navi.", body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("azure_openai", "/openai/deployments/some-model/chat/completions?api-version=", "api-key", "the-key")]
    [InlineData("openai", "/chat/completions", "Authorization", "Bearer the-key")]
    [InlineData("openai_compatible", "/chat/completions", "Authorization", "Bearer the-key")]
    [InlineData("anthropic", "/v1/messages", "Authorization", "Bearer the-key")]
    [InlineData("ollama", "/api/chat", "Authorization", "Bearer the-key")]
    public async Task Request_EveryKind_HasItsPathKeyAndAsksForAStreamWithUsage(string kind, string path, string header, string value)
    {
        var (text, type) = kind switch { "anthropic" => (Answers.AnthropicText, "text/event-stream"), "ollama" => (Answers.OllamaText, "application/x-ndjson"), _ => (Answers.OpenAiText, "text/event-stream") };
        await using var server = await ModelServer.StartAsync(Answers.Stream(text, type));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry(kind, server));

        await bench.AskAsync();

        var asked = Assert.Single(server.Requests);
        Assert.StartsWith(path, asked.Path, StringComparison.Ordinal);
        Assert.Equal(value, asked.Headers[header]);
        Assert.True(asked.Body.GetProperty("stream").GetBoolean());
        if (type == "text/event-stream" && kind != "anthropic")
            Assert.True(asked.Body.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
        if (kind == "anthropic")
            Assert.Equal("2026-10-21", asked.Headers["anthropic-version"]);
        Assert.Equal(8192, Limit(asked.Body));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Stream_CutInTheMiddle_IsAFailedAttemptAndAskedAgain(string kind, string text, string tools, string type)
    {
        _ = tools;
        foreach (var broken in new[] { false, true })
        {
            var half = text[..text.IndexOf("lo\"", StringComparison.Ordinal)];
            half = half[..(half.LastIndexOf('\n') + 1)];
            await using var server = await ModelServer.StartAsync(Answers.Cut(half, broken, type), Answers.Stream(text, type));
            await using var bench = await ModelBench.CreateAsync(ModelBench.Entry(kind, server));

            var answer = await bench.AskAsync();

            Assert.Equal("Hello", answer.Text);
            var attempts = await bench.AttemptsAsync();
            Assert.Equal([(1, "failed"), (2, "ok")], attempts.Select(a => (a.Number, a.Status)));
            // A connection that is reset may take the beginning of the answer with it.
            Assert.Contains(attempts[0].ErrorType, broken ? (string[])["cut_stream", "connection"] : ["cut_stream"]);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Refusal401_EveryKind_IsFinalAndTellsNoKey(string kind, string text, string tools, string type)
    {
        _ = (text, tools, type);
        await using var server = await ModelServer.StartAsync(Answers.Status(401, """{"error":{"code":"invalid_api_key","message":"Incorrect API key provided: sk-abcdef0123456789abcdef."}}"""));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry(kind, server));

        var failure = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync());

        Assert.True(failure.IsFinal);
        Assert.Equal(ModelFailureKind.Unauthorized, failure.Kind);
        Assert.DoesNotContain("the-key", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sk-abc", failure.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Equal([("failed", "unauthorized")], (await bench.AttemptsAsync()).Select(a => (a.Status, a.ErrorType)));
    }

    private static JsonElement Deep(JsonElement body, string member) => body.GetProperty(member);

    private static int Limit(JsonElement body) =>
        body.TryGetProperty("max_tokens", out var most) || body.TryGetProperty("max_completion_tokens", out most) ? most.GetInt32() : body.GetProperty("options").GetProperty("num_predict").GetInt32();
}
