using Microsoft.DurableTask;
using Navi.Agent.Loop;
using Navi.Agent.Loop.Outcomes;
using Navi.Orchestrations.AgentTasks.Messages;

namespace Navi.Orchestrations.AgentTasks.Activities;

/// <summary>Publishes exactly the reviewed diff.</summary>
public sealed class PublishBranch(Publication publication) : TaskActivity<PublishInput, PublishOutcome>
{
    /// <inheritdoc />
    public override Task<PublishOutcome> RunAsync(TaskActivityContext context, PublishInput input) => publication.RunAsync(input.TaskId, input.CheckpointId, CancellationToken.None);
}
