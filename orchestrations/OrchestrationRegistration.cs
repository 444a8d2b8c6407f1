using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Navi.Orchestrations.AgentTasks.Activities;
using Navi.Orchestrations.Checkpoints;
using Navi.Orchestrations.Probe;
using Navi.Orchestrations.Reconciliation;

namespace Navi.Orchestrations;

/// <summary>Registers the activities and what sends messages to the durable backend.</summary>
public static class OrchestrationRegistration
{
    /// <summary>Adds the activities, the outbox's dispatcher and the synthetic probe.</summary>
    public static IServiceCollection AddOrchestrations(this IServiceCollection services, IConfiguration configuration) => services
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
        .AddSingleton<OutboxDispatcher>()
        .AddProbe(configuration);
}
