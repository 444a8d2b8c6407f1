using Microsoft.DurableTask;
using Navi.Agent.Loop;
using Navi.Agent.Loop.Outcomes;
using Navi.Orchestrations.AgentTasks.Messages;

namespace Navi.Orchestrations.AgentTasks.Activities;

/// <summary>Makes the task's own copy of the repository.</summary>
public sealed class PrepareWorkspace(WorkspacePreparation preparation) : TaskActivity<TaskRef, Preparation>
{
    /// <inheritdoc />
    public override Task<Preparation> RunAsync(TaskActivityContext context, TaskRef input) => preparation.PrepareAsync(input.TaskId, CancellationToken.None);
}
