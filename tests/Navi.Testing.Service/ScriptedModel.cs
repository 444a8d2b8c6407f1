using Microsoft.Extensions.AI;

namespace Navi.Testing.Service;

/// <summary>A model that says what it is told to, turn by turn; the turn is read from the conversation, so a repeated call repeats its answer.</summary>
public sealed class ScriptedModel(Func<int, IReadOnlyList<ChatMessage>, IEnumerable<(string Tool, object Arguments)>> script) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var conversation = messages.ToList();
        var calls = script(conversation.Count(m => m.Role == ChatRole.Assistant), conversation)
            .Select((c, i) => new FunctionCallContent($"theirs-{i}", c.Tool, Arguments(c.Arguments)));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. calls])) { Usage = new() { InputTokenCount = 10, OutputTokenCount = 5 } });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    /// <summary>Text of the last results that the model was shown.</summary>
    public static string LastResults(IReadOnlyList<ChatMessage> messages) =>
        string.Join('\n', messages.Last(m => m.Role == ChatRole.Tool).Contents.OfType<FunctionResultContent>().Select(r => r.Result));

    private static Dictionary<string, object?> Arguments(object arguments) =>
        System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, object?>>(System.Text.Json.JsonSerializer.Serialize(arguments))!;
}
