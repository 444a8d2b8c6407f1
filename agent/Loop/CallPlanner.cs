using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Context.Arguments;
using Navi.Agent.Effects;
using Navi.Agent.Policy;
using Navi.Agent.Sandbox;
using Navi.Agent.Tools;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>Turns a call that the model asks for into a ledger row: checked against the tool's schema, then decided by policy.</summary>
internal sealed class CallPlanner(ToolRegistry registry, PolicyEngine policy, CommandRunner commands)
{
    private const int SchemaLimit = 3_000;

    public async Task<PlannedEffect> PlanAsync(TaskRow task, int turn, int index, FunctionCallContent call)
    {
        // The sandbox has no network, so one answer serves for both questions of the policy.
        var sandboxed = (await commands.ProbeAsync()).Sandbox != "none";
        var id = CallIds.Tool(turn, index);
        var known = registry.Find(call.Name);
        var read = CallArguments.Read(call, known?.ArgumentSchema);
        var repair = read.Json is null || read.Repairs.Count == 0 ? null : string.Join(", ", read.Repairs);
        var json = read.Json ?? "{}";
        var arguments = JsonElement.Parse(json);
        if (known is not null && read.Json is null)
            return Refused($"{known.Name} was not run: the arguments are not JSON: {read.Problem}.{Schema(known)}");
        // What was lost behind the cut may be what matters; only a call that changes nothing runs without it.
        if (known is { Effect: not EffectClass.Pure } or { Ends: true } or { Gate: true } && read.Cut)
            return Refused($"{known.Name} was not run: the arguments break off before their end. Send the whole call again, in smaller parts if it is long.");
        if (registry.Validate(call.Name, arguments) is { Count: > 0 } errors)
            return Refused($"{BoundedText.Brief(call.Name)} was not run:\n{string.Join('\n', errors)}{(repair is null ? "" : $"\n(The arguments were mended first: {repair}.)")}{(known is null ? "" : Schema(known))}");
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
            new(id, turn, index, call.Name, json, effect, word, verdict.Rule, verdict.Reason, verdict.PolicyDigest, result) { Repair = repair };

        PlannedEffect Refused(string message) =>
            new(id, turn, index, BoundedText.Brief(call.Name), json, EffectClass.Pure, "invalid", "arguments", message, policy.Digest, new StoredResult(message, true, null)) { Repair = repair };
    }

    private static string Schema(ITool tool) => $"\nThe schema of {tool.Name}: {BoundedText.Cut(tool.ArgumentSchema.GetRawText(), SchemaLimit)}";
}
