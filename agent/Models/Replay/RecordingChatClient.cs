using Microsoft.Extensions.AI;
using Navi.Agent.Models.Calls;

namespace Navi.Agent.Models.Replay;

/// <summary>Records each whole answer together with what was asked; a failed attempt leaves nothing.</summary>
internal sealed class RecordingChatClient(IChatClient inner, Recorder recorder) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var call = ModelCall.From(options);
        var answer = await base.GetResponseAsync(conversation, options, cancellationToken);
        recorder.Write(new RecordedTurn(
            RecordedTurn.CurrentVersion, call.Turn, [.. conversation.Select(RecordedMessage.Of)], ReplayChatClient.ToolsOf(options),
            RecordedMessage.Of(new ChatMessage(ChatRole.Assistant, [.. answer.Messages.SelectMany(m => m.Contents)])), (answer.FinishReason ?? ChatFinishReason.Stop).Value,
            answer.Usage?.InputTokenCount, answer.Usage?.CachedInputTokenCount, answer.Usage?.OutputTokenCount));
        return answer;
    }
}
