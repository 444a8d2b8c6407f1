using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Navi.Agent.Tests.Models.Support;

/// <summary>What providers answer, by their published protocols.</summary>
internal static class Answers
{
    public static readonly string OpenAiText = OpenAi(["Hel", "lo"], "stop", """{"prompt_tokens":100,"completion_tokens":7,"total_tokens":107,"prompt_tokens_details":{"cached_tokens":40}}""");

    public static readonly string AnthropicText = Anthropic("""
        {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
        {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}
        {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo"}}
        {"type":"content_block_stop","index":0}
        """, "end_turn");

    public static readonly string AnthropicTools = Anthropic("""
        {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"read_file","input":{}}}
        {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"path\":"}}
        {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\"a.txt\"}"}}
        {"type":"content_block_stop","index":0}
        {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t2","name":"read_file","input":{}}}
        {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"path\":\"b.txt\"}"}}
        {"type":"content_block_stop","index":1}
        """, "tool_use");

    // Two calls whose arguments come in alternating pieces.
    public static readonly string OpenAiTools = string.Join("",
    [
        Chunk("""{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"read_file","arguments":""}}]},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"path\":"}}]},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t2","type":"function","function":{"name":"read_file","arguments":"{\"path\":"}}]},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"a.txt\"}"}}]},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"\"b.txt\"}"}}]},"finish_reason":null}"""),
        Chunk("""{"index":0,"delta":{},"finish_reason":"tool_calls"}"""),
        """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""" + "\n\n",
        "data: [DONE]\n\n",
    ]);

    public static readonly string OllamaText =
        """
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"Hel"},"done":false}
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"lo"},"done":false}
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"total_duration":5,"prompt_eval_count":100,"eval_count":7}

        """;

    public static readonly string OllamaTools =
        """
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"read_file","arguments":{"path":"a.txt"}}},{"function":{"name":"read_file","arguments":{"path":"b.txt"}}}]},"done":false}
        {"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"prompt_eval_count":10,"eval_count":5}

        """;

    public static string OpenAi(IEnumerable<string> parts, string finish, string usage) =>
        string.Join("", parts.Select(p => Chunk($$"""{"index":0,"delta":{"role":"assistant","content":{{JsonSerializer.Serialize(p)}}},"finish_reason":null}""")))
        + Chunk($$"""{"index":0,"delta":{},"finish_reason":"{{finish}}"}""")
        + $$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{{usage}}}""" + "\n\ndata: [DONE]\n\n";

    /// <summary>A whole stream.</summary>
    public static Func<HttpContext, Task> Stream(string text, string type = "text/event-stream") => async context =>
    {
        context.Response.ContentType = type;
        await context.Response.WriteAsync(text);
    };

    /// <summary>The beginning of a stream, then the connection is closed in order, or broken.</summary>
    public static Func<HttpContext, Task> Cut(string text, bool broken, string type = "text/event-stream") => async context =>
    {
        await Stream(text, type)(context);
        await context.Response.Body.FlushAsync();
        if (broken)
            context.Abort();
    };

    /// <summary>The beginning of a stream, then silence until the client gives up.</summary>
    public static Func<HttpContext, Task> Silent(string text, TaskCompletionSource? reached = null) => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
        reached?.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    };

    public static Func<HttpContext, Task> Status(int status, string body = "", params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    };

    private static string Chunk(string choice) => $$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{{choice}}]}""" + "\n\n";

    private static string Anthropic(string blocks, string stop)
    {
        string[] events =
        [
            """{"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":60,"cache_creation_input_tokens":0,"cache_read_input_tokens":40,"output_tokens":1}}}""",
            .. blocks.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{stop}}}","stop_sequence":null},"usage":{"output_tokens":7}}""",
            """{"type":"message_stop"}""",
        ];
        return string.Join("", events.Select(e => $"event: {JsonElement.Parse(e).GetProperty("type").GetString()}\ndata: {e}\n\n"));
    }
}
