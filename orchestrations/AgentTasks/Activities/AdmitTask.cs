using Microsoft.DurableTask;
using Navi.Agent.Loop;
using Navi.Agent.Loop.Outcomes;
using Navi.Orchestrations.AgentTasks.Messages;

namespace Navi.Orchestrations.AgentTasks.Activities;

/// <summary>Acknowledges the start and reads what bounds the task.</summary>
public sealed class AdmitTask(TaskAdmission admission) : TaskActivity<TaskRef, Admission>
{
    /// <inheritdoc />
    public override Task<Admission> RunAsync(TaskActivityContext context, TaskRef input) => admission.AdmitAsync(input.TaskId, CancellationToken.None);
}
