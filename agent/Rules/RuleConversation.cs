using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Tools;

namespace Navi.Agent.Rules;

/// <summary>What the rules read of a conversation: the task, and the calls made for it so far with their results, in order. Calls before words that were given later were made for other ones.</summary>
internal sealed record RuleConversation(string Task, IReadOnlyList<RuleCall> Calls)
{
    // The loop's names for a result's structured form, for its being an error, and for a message that is the task from there on.
    private const string DataProperty = "navi.data";
    private const string ErrorProperty = "navi.is_error";
    private const string TaskProperty = "navi.task";

    public static RuleConversation Read(IEnumerable<ChatMessage> messages)
    {
        var all = messages.ToList();
        if (all.FindLastIndex(m => m.AdditionalProperties?.ContainsKey(TaskProperty) == true) is var given and > 0)
            all.RemoveRange(0, given);
        var results = all.SelectMany(m => m.Contents.OfType<FunctionResultContent>()).GroupBy(r => r.CallId).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        return new(
            all.FirstOrDefault(m => m.Role == ChatRole.User)?.Text ?? "",
            [.. all.SelectMany(m => m.Contents.OfType<FunctionCallContent>()).Select(c => Call(c, results.GetValueOrDefault(c.CallId)))]);
    }

    private static RuleCall Call(FunctionCallContent call, FunctionResultContent? result)
    {
        var content = result?.Exception?.Message ?? result?.Result switch
        {
            null => "",
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
            var other => JsonSerializer.Serialize(other, ArgumentSchemas.Json),
        };
        return new(call.Name, result is not null, content, Text(result, DataProperty) ?? content, result?.Exception is not null || Text(result, ErrorProperty) is "True" or "true");
    }

    private static string? Text(FunctionResultContent? result, string property) =>
        result?.AdditionalProperties?.TryGetValue(property, out var value) == true ? value?.ToString() : null;
}
