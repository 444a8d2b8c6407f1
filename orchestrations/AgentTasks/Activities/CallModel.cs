using Microsoft.DurableTask;
using Navi.Agent.Loop;
using Navi.Agent.Loop.Outcomes;
using Navi.Orchestrations.AgentTasks.Messages;

namespace Navi.Orchestrations.AgentTasks.Activities;

/// <summary>Asks the model for its next tool calls and decides each by policy.</summary>
public sealed class CallModel(ModelTurn turn) : TaskActivity<TurnInput, TurnPlan>
{
    /// <inheritdoc />
    public override Task<TurnPlan> RunAsync(TaskActivityContext context, TurnInput input) => turn.RunAsync(input.TaskId, input.Turn, CancellationToken.None);
}
