using Microsoft.DurableTask;
using Navi.Agent.Loop;
using Navi.Platform.Checkpoints;

namespace Navi.Orchestrations.Checkpoints;

/// <summary>Opens the gate's row, once, bound to the exact action.</summary>
public sealed class OpenCheckpoint(Gatekeeper gatekeeper, CheckpointStore checkpoints) : TaskActivity<CheckpointInput, GateState>
{
    /// <inheritdoc />
    public override async Task<GateState> RunAsync(TaskActivityContext context, CheckpointInput input)
    {
        var row = await gatekeeper.OpenAsync(input.TaskId, input.Number, input.Kind, input.CallId, CancellationToken.None);
        // A gate that is already settled (approved in advance, cancelled, or opened before) is acknowledged like any other.
        if (row.Status != "pending")
            row = await checkpoints.LookAsync(row.Id, CancellationToken.None);
        return new GateState(row.Id, row.EventName, row.Status, row.RemainingMs);
    }
}
