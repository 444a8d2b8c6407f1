using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Routing;

namespace Navi.Agent.Models.Replay;

/// <summary>Answers what a recording answered to the same request, and fails for any other: it never makes an answer up.</summary>
internal sealed class ReplayChatClient(IReadOnlyList<RecordedTurn> recorded) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.Select(RecordedMessage.Of).ToList();
        var tools = ToolsOf(options);
        var number = Answers(asked);
        string? difference = null;
        foreach (var turn in recorded.Where(r => Answers(r.Messages) == number))
        {
            if (ReplayDifference.Find(turn, asked, tools) is { } found)
                difference ??= found;
            else
                return Task.FromResult(Answer(turn));
        }
        throw new ModelCallException(ModelFailureKind.InvalidRequest, difference is null
            ? $"the recording has no turn {number}: it ends before." : $"turn {number} differs from the recording: {difference}.");
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    /// <summary>Names of the tools on offer, sorted.</summary>
    public static IReadOnlyList<string> ToolsOf(ChatOptions? options) => [.. (options?.Tools ?? []).Select(t => t.Name).Order(StringComparer.Ordinal)];

    private static int Answers(IReadOnlyList<RecordedMessage> messages) => messages.Count(m => m.Role == ChatRole.Assistant.Value);

    private static ChatResponse Answer(RecordedTurn turn) => new(turn.Answer.ToMessage())
    {
        FinishReason = new ChatFinishReason(turn.Finish),
        Usage = turn.InputTokens is null && turn.OutputTokens is null ? null
            : new UsageDetails { InputTokenCount = turn.InputTokens, CachedInputTokenCount = turn.CachedInputTokens, OutputTokenCount = turn.OutputTokens },
    };
}
