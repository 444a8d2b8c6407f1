using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Platform.Json;

namespace Navi.Agent.Models.Replay;

/// <summary>A recorded message.</summary>
/// <param name="Role">system, user, assistant or tool.</param>
/// <param name="Contents">Its parts in order.</param>
internal sealed record RecordedMessage(string Role, IReadOnlyList<RecordedContent> Contents)
{
    /// <summary>What of a message is recorded and compared.</summary>
    public static RecordedMessage Of(ChatMessage message) => new(message.Role.Value,
    [
        .. message.Contents.Select(c => c switch
        {
            TextContent text => new RecordedContent(text.Text),
            FunctionCallContent call => new RecordedContent(null, call.CallId, call.Name, JsonSerializer.Serialize(call.Arguments, NaviJson.Options)),
            FunctionResultContent result => new RecordedContent($"{result.Result}", result.CallId),
            _ => null,
        }).OfType<RecordedContent>(),
    ]);

    /// <summary>The parts as a model would have given them.</summary>
    public ChatMessage ToMessage() => new(new ChatRole(Role), [.. Contents.Select(AIContent (c) => c.Tool is null
        ? new TextContent(c.Text) : FunctionCallContent.CreateFromParsedArguments(c.Arguments ?? "{}", c.CallId ?? "", c.Tool, a => JsonSerializer.Deserialize<Dictionary<string, object?>>(a)))]);
}
