using System.Text;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Navi.Agent.Context.Arguments;

/// <summary>
/// Keeps the text of arguments that an adapter could not parse. The adapters of Microsoft.Extensions.AI then give a call without arguments and with an exception, and the text is only in the stream's own events.
/// </summary>
internal static class RawArguments
{
    /// <summary>Puts the text beside every call of <paramref name="answer"/> whose arguments were not parsed.</summary>
    public static void Keep(IEnumerable<ChatResponseUpdate> updates, ChatResponse answer)
    {
        var broken = answer.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Where(c => c.Exception is not null).ToList();
        if (broken.Count == 0)
            return;
        var texts = new Dictionary<(string Source, long Index), (string? Id, StringBuilder Text)>();
        foreach (var update in updates)
            Read(update.RawRepresentation, texts);
        foreach (var call in broken)
            if (texts.Values.FirstOrDefault(t => t.Id == call.CallId).Text is { } text)
                (call.AdditionalProperties ??= [])[CallArguments.RawProperty] = text.ToString();
    }

    private static void Read(object? source, Dictionary<(string, long), (string? Id, StringBuilder Text)> texts)
    {
        switch (source)
        {
            case StreamingChatCompletionUpdate openai:
                foreach (var part in openai.ToolCallUpdates)
                    Add("openai", part.Index, part.ToolCallId, part.FunctionArgumentsUpdate?.ToString());
                break;
            case RawMessageStreamEvent anthropic when anthropic.TryPickContentBlockStart(out var start) && start.ContentBlock.TryPickToolUse(out var use):
                Add("anthropic", start.Index, use.ID, null);
                break;
            case RawMessageStreamEvent anthropic when anthropic.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickInputJson(out var part):
                Add("anthropic", delta.Index, null, part.PartialJson);
                break;
        }

        void Add(string vendor, long index, string? id, string? text)
        {
            var (known, so) = texts.TryGetValue((vendor, index), out var before) ? before : (null, new StringBuilder());
            so.Append(text);
            texts[(vendor, index)] = (string.IsNullOrEmpty(id) ? known : id, so);
        }
    }
}
