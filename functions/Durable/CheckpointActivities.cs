using Microsoft.Azure.Functions.Worker;
using Navi.Orchestrations.Checkpoints;

namespace Navi.Functions.Durable;

/// <summary>The triggers of a gate's activities; the injected classes do the work.</summary>
public sealed class CheckpointActivities(OpenCheckpoint open, LookAtCheckpoint look)
{
    /// <summary>Opens the gate's row.</summary>
    [Function(nameof(OpenCheckpoint))]
    public Task<GateState> RunOpenCheckpoint([ActivityTrigger] CheckpointInput input, FunctionContext context) => open.RunAsync(ActivityContext.Of(context), input);

    /// <summary>Reads the gate's row.</summary>
    [Function(nameof(LookAtCheckpoint))]
    public Task<GateState> RunLookAtCheckpoint([ActivityTrigger] CheckpointRef input, FunctionContext context) => look.RunAsync(ActivityContext.Of(context), input);
}
