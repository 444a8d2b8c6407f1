using Microsoft.Extensions.DependencyInjection;
using Navi.Orchestrations.AgentTasks.Activities;
using Navi.Orchestrations.Checkpoints;
using Navi.Orchestrations.Reconciliation;

namespace Navi.Orchestrations;

/// <summary>Registers the activities and what sends messages to the durable backend.</summary>
public static class OrchestrationRegistration
{
    /// <summary>Adds the activities and the outbox's dispatcher.</summary>
    public static IServiceCollection AddOrchestrations(this IServiceCollection services) => services
        .AddTransient<AdmitTask>()
        .AddTransient<PrepareWorkspace>()
        .AddTransient<CallModel>()
        .AddTransient<ExecuteTool>()
        .AddTransient<VerifyTask>()
        .AddTransient<PublishBranch>()
        .AddTransient<FinishTask>()
        .AddTransient<ParkTask>()
        .AddTransient<OpenCheckpoint>()
        .AddTransient<LookAtCheckpoint>()
        .AddSingleton<OutboxDispatcher>();
}
