using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Tools;
using Navi.Platform.Json;

namespace Navi.Agent.Context.Tokens;

/// <summary>Counts what a call sends: texts, calls, results, tools and the frame around each.</summary>
internal sealed class PromptTokens(TokenCounter counter)
{
    // What chat formats put around a message, a call and a tool; on the safe side of the published ones.
    private const int AroundMessage = 4;
    private const int AroundCall = 12;
    private const int AroundTool = 10;

    public int Of(ITool tool) => AroundTool + counter.Count(tool.Name) + counter.Count(tool.Description) + counter.Count(tool.ArgumentSchema.GetRawText());

    public int Of(IEnumerable<ChatMessage> messages) => messages.Sum(Of);

    public int Of(ChatMessage message) => AroundMessage + message.Contents.Sum(Of);

    public int Of(string text) => counter.Count(text);

    private int Of(AIContent content) => content switch
    {
        TextContent text => counter.Count(text.Text),
        FunctionCallContent call => AroundCall + counter.Count(call.Name) + counter.Count(JsonSerializer.Serialize(call.Arguments, NaviJson.Options)),
        FunctionResultContent result => AroundCall + counter.Count(result.Result as string ?? ""),
        _ => 0,
    };
}
