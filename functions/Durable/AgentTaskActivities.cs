using Microsoft.Azure.Functions.Worker;
using Navi.Agent.Loop.Outcomes;
using Navi.Orchestrations.AgentTasks.Activities;
using Navi.Orchestrations.AgentTasks.Messages;

namespace Navi.Functions.Durable;

/// <summary>The triggers of a task's activities; the injected classes do the work.</summary>
public sealed class AgentTaskActivities(
    AdmitTask admit, PrepareWorkspace prepare, CallModel call, ExecuteTool execute, VerifyTask verify, PublishBranch publish, FinishTask finish, ParkTask park)
{
    /// <summary>Acknowledges the start.</summary>
    [Function(nameof(AdmitTask))]
    public Task<Admission> RunAdmitTask([ActivityTrigger] TaskRef input, FunctionContext context) => admit.RunAsync(ActivityContext.Of(context), input);

    /// <summary>Makes the workspace.</summary>
    [Function(nameof(PrepareWorkspace))]
    public Task<Preparation> RunPrepareWorkspace([ActivityTrigger] TaskRef input, FunctionContext context) => prepare.RunAsync(ActivityContext.Of(context), input);

    /// <summary>Runs one model turn.</summary>
    [Function(nameof(CallModel))]
    public Task<TurnPlan> RunCallModel([ActivityTrigger] TurnInput input, FunctionContext context) => call.RunAsync(ActivityContext.Of(context), input);

    /// <summary>Executes one tool call.</summary>
    [Function(nameof(ExecuteTool))]
    public Task<CallOutcome> RunExecuteTool([ActivityTrigger] CallInput input, FunctionContext context) => execute.RunAsync(ActivityContext.Of(context), input);

    /// <summary>Verifies the work.</summary>
    [Function(nameof(VerifyTask))]
    public Task<VerificationOutcome> RunVerifyTask([ActivityTrigger] TaskRef input, FunctionContext context) => verify.RunAsync(ActivityContext.Of(context), input);

    /// <summary>Publishes the reviewed diff.</summary>
    [Function(nameof(PublishBranch))]
    public Task<PublishOutcome> RunPublishBranch([ActivityTrigger] PublishInput input, FunctionContext context) => publish.RunAsync(ActivityContext.Of(context), input);

    /// <summary>Looks whether a suspended task must wait.</summary>
    [Function(nameof(ParkTask))]
    public Task<bool> RunParkTask([ActivityTrigger] TaskRef input, FunctionContext context) => park.RunAsync(ActivityContext.Of(context), input);

    /// <summary>Records the end.</summary>
    [Function(nameof(FinishTask))]
    public Task<bool> RunFinishTask([ActivityTrigger] FinishInput input, FunctionContext context) => finish.RunAsync(ActivityContext.Of(context), input);
}
