using Microsoft.DurableTask;
using Navi.Agent.Loop;
using Navi.Agent.Loop.Outcomes;
using Navi.Orchestrations.AgentTasks.Messages;

namespace Navi.Orchestrations.AgentTasks.Activities;

/// <summary>Verifies what the agent did with what the project really has.</summary>
public sealed class VerifyTask(TaskVerification verification) : TaskActivity<TaskRef, VerificationOutcome>
{
    /// <inheritdoc />
    public override Task<VerificationOutcome> RunAsync(TaskActivityContext context, TaskRef input) => verification.RunAsync(input.TaskId, CancellationToken.None);
}
