using Microsoft.DurableTask;
using Navi.Orchestrations.AgentTasks;

namespace Navi.Orchestrations.Checkpoints;

/// <summary>
/// One gate. Events and timers only wake it; whether it is settled, and how, is read from PostgreSQL each time,
/// so a forged, early, late or repeated event changes nothing and expiry follows the database's clock.
/// </summary>
public sealed class Checkpoint : TaskOrchestrator<CheckpointInput, CheckpointResult>
{
    // A flood of forged events must not grow the history without bound.
    private const int WakesPerGeneration = 50;

    /// <inheritdoc />
    public override async Task<CheckpointResult> RunAsync(TaskOrchestrationContext context, CheckpointInput input)
    {
        var gate = await context.CallActivityAsync<GateState>(nameof(OpenCheckpoint), input, Retries.Work);
        for (var wakes = 0; gate.Status == "pending"; wakes++)
        {
            if (wakes == WakesPerGeneration)
            {
                context.ContinueAsNew(input, preserveUnprocessedEvents: false);
                return new CheckpointResult(gate.CheckpointId, gate.Status);
            }
            await WakeAsync(context, gate);
            gate = await context.CallActivityAsync<GateState>(nameof(LookAtCheckpoint), new CheckpointRef(gate.CheckpointId), Retries.Work);
        }
        return new CheckpointResult(gate.CheckpointId, gate.Status);
    }

    private static async Task WakeAsync(TaskOrchestrationContext context, GateState gate)
    {
        using var over = new CancellationTokenSource();
        // Some timers fire up to a second early; looking again then costs one more round, never a wrong answer.
        var patience = TimeSpan.FromMilliseconds(Math.Max(gate.RemainingMs, 0) + 200);
        var expiry = context.CreateTimer(context.CurrentUtcDateTime + patience, over.Token);
        var decided = context.WaitForExternalEvent<object?>(gate.EventName, over.Token);
        await Task.WhenAny(expiry, decided);
        // Not CancelAsync: an orchestrator may await durable tasks only.
        over.Cancel();
    }
}
