using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Effects;
using Navi.Agent.Policy;
using Navi.Agent.Sandbox;
using Navi.Agent.Tools;
using Navi.Platform.Json;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>Turns a call that the model asks for into a ledger row: checked against the tool's schema, then decided by policy.</summary>
internal sealed class CallPlanner(ToolRegistry registry, PolicyEngine policy, CommandRunner commands)
{
    public async Task<PlannedEffect> PlanAsync(TaskRow task, int turn, int index, FunctionCallContent call)
    {
        // The sandbox has no network, so one answer serves for both questions of the policy.
        var sandboxed = (await commands.ProbeAsync()).Sandbox != "none";
        var json = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(), NaviJson.Options);
        var arguments = JsonElement.Parse(json);
        var id = CallIds.Tool(turn, index);
        if (call.Exception is { } malformed)
            return Refused(EffectClass.Pure, "invalid", "arguments", $"The arguments are not JSON: {malformed.Message}");
        if (registry.Validate(call.Name, arguments) is { Count: > 0 } errors)
            return Refused(EffectClass.Pure, "invalid", "arguments", $"{BoundedText.Brief(call.Name)} was not run:\n{string.Join('\n', errors)}");
        var tool = registry.Find(call.Name)!;
        // Without the sandbox a command may reach the world, and nobody can tell after a crash whether it did.
        var effect = !sandboxed && tool.Risk == ToolRisk.Medium ? EffectClass.Irreversible : tool.Effect;
        // Every task reads its repository, and what files say is nobody's word.
        var verdict = policy.Decide(new PolicyRequest(
            tool.Name, effect, tool.Risk, arguments, sandboxed, sandboxed, task.Repository, task.UserId, ReadUntrusted: true));
        if (tool.Ends)
            return Planned("allow", new StoredResult("The task ends.", false, null));
        return verdict.Decision switch
        {
            PolicyDecision.Deny => Planned("deny", new StoredResult($"Denied by policy ({verdict.Rule}): {verdict.Reason}", true, null)),
            PolicyDecision.Approve => Planned("approve", null),
            // A question to a person is always asked, whatever the rules say of it.
            _ => Planned(tool.Gate ? "approve" : "allow", null),
        };

        PlannedEffect Planned(string word, StoredResult? result) =>
            new(id, turn, index, call.Name, json, effect, word, verdict.Rule, verdict.Reason, verdict.PolicyDigest, result);

        PlannedEffect Refused(EffectClass effect, string word, string rule, string message) =>
            new(id, turn, index, BoundedText.Brief(call.Name), json, effect, word, rule, message, policy.Digest, new StoredResult(message, true, null));
    }
}
