using Microsoft.DurableTask;
using Navi.Orchestrations.AgentTasks.Messages;
using Navi.Platform.Tasks;

namespace Navi.Orchestrations.AgentTasks.Activities;

/// <summary>Says whether a suspended task must go on waiting, and acknowledges what woke it.</summary>
public sealed class ParkTask(TaskSuspension suspension) : TaskActivity<TaskRef, bool>
{
    /// <inheritdoc />
    public override Task<bool> RunAsync(TaskActivityContext context, TaskRef input) => suspension.ParkAsync(input.TaskId, CancellationToken.None);
}
