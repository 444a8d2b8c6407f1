using Microsoft.DurableTask;
using Navi.Agent.Loop;
using Navi.Agent.Loop.Outcomes;
using Navi.Orchestrations.AgentTasks.Messages;

namespace Navi.Orchestrations.AgentTasks.Activities;

/// <summary>Executes one tool call through the effect ledger.</summary>
public sealed class ExecuteTool(ToolExecution execution) : TaskActivity<CallInput, CallOutcome>
{
    /// <inheritdoc />
    public override Task<CallOutcome> RunAsync(TaskActivityContext context, CallInput input) => execution.RunAsync(input.TaskId, input.CallId, CancellationToken.None);
}
