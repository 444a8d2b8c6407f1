using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Navi.Orchestrations.Tests.Context;

/// <summary>A model made of one function from what it is sent to what it answers.</summary>
internal sealed class Answers(Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse> answer) : IChatClient
{
    /// <summary>An answer of calls alone.</summary>
    public static ChatResponse Calls(params (string Tool, object Arguments)[] calls) => new(new ChatMessage(ChatRole.Assistant, [.. calls.Select((c, i) =>
        new FunctionCallContent($"x{i}", c.Tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(c.Arguments))))]))
    {
        FinishReason = ChatFinishReason.ToolCalls,
    };

    /// <summary>The end of a task.</summary>
    public static ChatResponse Done => Calls(("finish_task", new { status = "done", summary = "finished" }));

    /// <summary>A call as the adapters give it when its arguments could not be parsed.</summary>
    public static FunctionCallContent Broken(string tool, string raw) => new("x", tool)
    {
        Exception = new InvalidOperationException("Error parsing function call arguments.", new JsonException("broken")), AdditionalProperties = new() { ["navi.raw_arguments"] = raw },
    };

    /// <summary>Everything in a prompt, as text.</summary>
    public static string Text(IEnumerable<ChatMessage> messages) => string.Join('\n', messages.Select(m => $"{m.Role}: {string.Join('|', m.Contents.Select(c => c switch
    {
        FunctionResultContent r => $"{r.CallId}={r.Result}",
        FunctionCallContent f => $"{f.CallId} {f.Name} {JsonSerializer.Serialize(f.Arguments)}",
        _ => c.ToString(),
    }))}"));

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(answer([.. messages], options));

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
