using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Navi.Agent.Effects;
using Navi.Agent.Policy;
using Navi.Agent.Tools;
using Navi.Agent.Workspace;
using Navi.Platform.Checkpoints;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>Opens gates, each bound to the exact action that a person is shown.</summary>
public sealed class Gatekeeper
{
    private readonly TaskStore tasks;
    private readonly EffectLedger ledger;
    private readonly CheckpointStore checkpoints;
    private readonly WorkspaceStore workspaces;
    private readonly PolicyEngine policy;
    private readonly LoopOptions options;

    internal Gatekeeper(TaskStore tasks, EffectLedger ledger, CheckpointStore checkpoints, WorkspaceStore workspaces, PolicyEngine policy, IOptions<LoopOptions> options)
    {
        this.tasks = tasks;
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.workspaces = workspaces;
        this.policy = policy;
        this.options = options.Value;
    }

    /// <summary>Opens the gate of this number, or returns it when it was opened before.</summary>
    public async Task<CheckpointRow> OpenAsync(Guid task, int number, string kind, string? callId, CancellationToken cancellation)
    {
        var row = (await tasks.FindAsync(Scope.System, task, cancellation))!;
        var gate = kind == "review" ? Review(row, number) : await CallAsync(row, number, kind, callId!, cancellation);
        return await checkpoints.OpenAsync(gate, cancellation);
    }

    /// <summary>The branch that a task publishes.</summary>
    internal static string BranchOf(Guid task) => $"navi/{task:d}";

    /// <summary>The document that a review is bound to, from the workspace as it stands.</summary>
    internal static (JsonObject Action, byte[] Diff) Publication(WorkspaceStore workspaces, TaskRow row, string policyDigest)
    {
        var diff = workspaces.Diff(row.Id.ToString("d"), row.BaseCommit!, row.HeadCommit!);
        return (ActionDocument.OfPublication(row.Repository, BranchOf(row.Id), row.BaseCommit!, row.HeadCommit!, ContentStore.DigestOf(diff), policyDigest), diff);
    }

    private NewCheckpoint Review(TaskRow row, int number)
    {
        var (action, diff) = Publication(workspaces, row, policy.Digest);
        var files = workspaces.ChangedFiles(row.Id.ToString("d"), row.BaseCommit!, row.HeadCommit!).Count;
        var verification = row.Verification is null ? "not verified" : $"verification: {JsonElement.Parse(row.Verification).GetProperty("outcome").GetString()!.Replace('_', ' ')}";
        return new NewCheckpoint(
            row.Id, number, "review", null, $"Publish {files} changed file(s) as branch {BranchOf(row.Id)} ({verification})",
            "Every change is reviewed by a person before it is published.", action, diff, options.CheckpointLifetime);
    }

    private async Task<NewCheckpoint> CallAsync(TaskRow row, int number, string kind, string callId, CancellationToken cancellation)
    {
        var call = await ledger.FindAsync(row.Id, callId, cancellation) ?? throw new InvalidOperationException($"The ledger has no call {callId} of task {row.Id}.");
        var arguments = JsonElement.Parse(call.Arguments);
        var title = kind == "question" && arguments.TryGetProperty("question", out var question)
            ? question.GetString()!
            : $"Run {call.Tool} {BoundedText.Brief(call.Arguments)}";
        return new NewCheckpoint(row.Id, number, kind, callId, title, call.Reason, ActionDocument.OfCall(call, row.Repository, row.HeadCommit), null, options.CheckpointLifetime);
    }
}
