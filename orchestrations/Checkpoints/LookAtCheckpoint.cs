using Microsoft.DurableTask;
using Navi.Platform.Checkpoints;

namespace Navi.Orchestrations.Checkpoints;

/// <summary>Reads the gate's row after a wake-up, expiring it when its time is over.</summary>
public sealed class LookAtCheckpoint(CheckpointStore checkpoints) : TaskActivity<CheckpointRef, GateState>
{
    /// <inheritdoc />
    public override async Task<GateState> RunAsync(TaskActivityContext context, CheckpointRef input)
    {
        var row = await checkpoints.LookAsync(input.CheckpointId, CancellationToken.None);
        return new GateState(row.Id, row.EventName, row.Status, row.RemainingMs);
    }
}
