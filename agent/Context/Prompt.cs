using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Context.Loops;
using Navi.Agent.Tools;
using Navi.Platform.Contents;
using Navi.Platform.Json;

namespace Navi.Agent.Context;

/// <summary>What a turn shows the model, or why there is nothing to show any more.</summary>
/// <param name="Messages">The conversation.</param>
/// <param name="Tools">The tools, in the order in which they are sent.</param>
/// <param name="Tokens">Our count of both, before any factor.</param>
/// <param name="Loop">What repeats; null for a provider without a model.</param>
/// <param name="Stop">Why the task must end instead; null to go on.</param>
internal sealed record Prompt(IReadOnlyList<ChatMessage> Messages, IReadOnlyList<ITool> Tools, int Tokens, LoopFinding? Loop, (string Reason, string Explanation)? Stop)
{
    /// <summary>SHA-256 over everything that is sent.</summary>
    public string Digest()
    {
        var text = new StringBuilder();
        foreach (var message in Messages)
        {
            text.Append(message.Role.Value).Append('\n');
            foreach (var content in message.Contents)
                text.Append(content switch
                {
                    TextContent said => said.Text,
                    FunctionCallContent call => $"{call.CallId} {call.Name} {JsonSerializer.Serialize(call.Arguments, NaviJson.Options)}",
                    FunctionResultContent result => $"{result.CallId} {result.Result}",
                    _ => "",
                }).Append('\n');
        }
        text.AppendJoin('\n', Tools.Select(t => t.Name));
        return ContentStore.DigestOf(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
