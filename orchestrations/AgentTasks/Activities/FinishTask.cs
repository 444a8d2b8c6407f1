using Microsoft.DurableTask;
using Navi.Orchestrations.AgentTasks.Messages;
using Navi.Platform.Tasks;

namespace Navi.Orchestrations.AgentTasks.Activities;

/// <summary>Records the end with its exact reason and the task's metrics.</summary>
public sealed class FinishTask(TaskProgress progress) : TaskActivity<FinishInput, bool>
{
    /// <inheritdoc />
    public override async Task<bool> RunAsync(TaskActivityContext context, FinishInput input)
    {
        await progress.FinishAsync(input.TaskId, input.StopReason, input.Explanation, CancellationToken.None);
        return true;
    }
}
