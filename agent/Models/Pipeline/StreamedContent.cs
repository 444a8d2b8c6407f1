using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Navi.Agent.Models.Pipeline;

/// <summary>Whether a part of a stream carries some of the answer.</summary>
internal static class StreamedContent
{
    /// <summary>
    /// Text, a call, or a piece of a call. The adapters of Microsoft.Extensions.AI put a call together and show it at its end; its pieces are only in the stream's own events, and an answer that is a call
    /// begins with the first of them.
    /// </summary>
    public static bool IsIn(ChatResponseUpdate update) => update.Contents.Any(c => c is not UsageContent) || update.RawRepresentation switch
    {
        StreamingChatCompletionUpdate openai => openai.ToolCallUpdates.Count > 0,
        RawMessageStreamEvent anthropic => anthropic.TryPickContentBlockStart(out _) || anthropic.TryPickContentBlockDelta(out _),
        _ => false,
    };
}
