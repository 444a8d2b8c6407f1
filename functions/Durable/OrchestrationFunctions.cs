using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Navi.Orchestrations.AgentTasks;
using Navi.Orchestrations.AgentTasks.Messages;
using Navi.Orchestrations.Checkpoints;

namespace Navi.Functions.Durable;

/// <summary>The orchestrators' triggers; both hosts find orchestrators by these methods alone.</summary>
public sealed class OrchestrationFunctions
{
    /// <summary>The whole life of a task.</summary>
    [Function(nameof(AgentTask))]
    public static Task<AgentTaskResult> RunAgentTask([OrchestrationTrigger] TaskOrchestrationContext context) =>
        new AgentTask().RunAsync(context, context.GetInput<AgentTaskInput>()!);

    /// <summary>One gate.</summary>
    [Function(nameof(Checkpoint))]
    public static Task<CheckpointResult> RunCheckpoint([OrchestrationTrigger] TaskOrchestrationContext context) =>
        new Checkpoint().RunAsync(context, context.GetInput<CheckpointInput>()!);
}
