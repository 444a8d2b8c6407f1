using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Agent.Context;
using Navi.Agent.Effects;
using Navi.Agent.Forks;
using Navi.Agent.Models.Routing;
using Navi.Agent.Models;
using Navi.Agent.Policy;
using Navi.Agent.Restoration;
using Navi.Agent.Rules;
using Navi.Agent.Sandbox;
using Navi.Agent.Tools;
using Navi.Agent.Tools.Checking;
using Navi.Agent.Verification;
using Navi.Agent.Workspace;
using Navi.Platform.Checkpoints;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Agent.Loop;

/// <summary>Registers the agent.</summary>
public static class AgentRegistration
{
    /// <summary>Adds workspace, sandbox, tools, policy, verification, the <c>rules</c> provider and the steps of the loop.</summary>
    public static IServiceCollection AddAgent(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LoopOptions>().Bind(configuration.GetSection(LoopOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<LoopOptions>, ProviderValidation>();
        services.AddWorkspace(o =>
        {
            configuration.GetSection(WorkspaceOptions.Section).Bind(o);
            if (o.Root.Length == 0 && configuration["Navi:Home"] is { Length: > 0 } home)
                o.Root = Path.Combine(Path.GetFullPath(home), "workspaces");
        });
        services.AddSandbox(o => configuration.GetSection(SandboxOptions.Section).Bind(o));
        services.AddTools();
        services.AddPolicy(o => configuration.GetSection(PolicyOptions.Section).Bind(o));
        services.AddVerification();
        services.AddModels(configuration);
        services.AddSingleton(new ModelProvider(ModelRouter.Rules, new RulesChatClient()) { StaysHere = true, IsFree = true });
        services.AddSingleton<EffectLedger>();
        services.AddSingleton<TaskAdmission>();
        services.AddSingleton<RepositoryCheck>();
        services.AddContext(configuration);
        services.AddRestoration();
        services.AddSingleton<CallPlanner>();
        return services.AddSteps();
    }

    // The steps are public for the orchestrations' activities, what they are made of is not: so they are made here.
    private static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddSingleton(p => new WorkspacePreparation(p.Get<TaskStore>(), p.Get<TaskProgress>(), p.Get<WorkspaceStore>(), p.Get<TimeProvider>()))
        .AddSingleton(p => new ModelTurn(
            p.Get<NaviDatabase>(), p.Get<TaskStore>(), p.Get<TaskProgress>(), p.Get<EffectLedger>(), p.Get<PromptMaker>(), p.Get<CallPlanner>(), p.Get<ToolRegistry>(),
            p.Get<ModelRouter>(), p.Get<TimeProvider>()))
        .AddSingleton(p => new ToolExecution(
            p.Get<EffectLedger>(), p.Get<TaskStore>(), p.Get<ToolRegistry>(), p.Get<ToolRunner>(), p.Get<CommandRunner>(), p.Get<PolicyEngine>(), p.Get<WorkspaceStore>(), p.Get<TimeProvider>(),
            p.Get<NaviMeters>(), p.Get<ErrorRecorder>()))
        .AddSingleton(p => new Gatekeeper(
            p.Get<TaskStore>(), p.Get<EffectLedger>(), p.Get<CheckpointStore>(), p.Get<WorkspaceStore>(), p.Get<PolicyEngine>(), p.Get<IOptions<LoopOptions>>()))
        .AddSingleton(p => new TaskVerification(p.Get<TaskStore>(), p.Get<TaskProgress>(), p.Get<EffectLedger>(), p.Get<WorkspaceStore>(), p.Get<Verifier>(), p.Get<TimeProvider>()))
        .AddSingleton(p => new Publication(p.Get<NaviDatabase>(), p.Get<TaskStore>(), p.Get<TaskProgress>(), p.Get<WorkspaceStore>(), p.Get<PolicyEngine>()))
        .AddSingleton(p => new ForkPoints(p.Get<EffectLedger>(), p.Get<ToolRegistry>(), p.Get<WorkspaceStore>()))
        .AddSingleton(p => new ToolCheck(p.Get<ToolRegistry>(), p.Get<ToolRunner>(), p.Get<WorkspaceStore>(), p.Get<TimeProvider>()))
        .AddSingleton(p => new ToolCatalogue(p.Get<ToolRegistry>()))
        .AddSingleton(p => new TaskFiles(p.Get<WorkspaceStore>()))
        .AddSingleton(p => new TaskDiff(p.Get<WorkspaceStore>(), p.Get<CheckpointStore>(), p.Get<ContentStore>()));

    private static T Get<T>(this IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
