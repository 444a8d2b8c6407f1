using Microsoft.DurableTask;

namespace Navi.Portable.Durable;

/// <summary>The orchestrators and activities that a worker can run, by name; names are compared without regard to case.</summary>
public sealed class DurableTaskCatalog
{
    private readonly DataConverter converter;
    private readonly Dictionary<TaskName, OrchestratorDelegate> orchestrators = [];
    private readonly Dictionary<TaskName, ActivityDelegate> activities = [];

    internal DurableTaskCatalog(DataConverter converter) => this.converter = converter;

    /// <summary>Version of sub-orchestrations that are started without one.</summary>
    internal string DefaultVersion { get; init; } = string.Empty;

    /// <summary>Adds an orchestrator; a name that is already there is an <see cref="ArgumentException"/>.</summary>
    public DurableTaskCatalog AddOrchestrator(TaskName name, OrchestratorDelegate run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!orchestrators.TryAdd(name, run)) throw new ArgumentException($"An orchestrator named '{name}' is already added.", nameof(name));
        return this;
    }

    /// <summary>Adds an activity; a name that is already there is an <see cref="ArgumentException"/>.</summary>
    public DurableTaskCatalog AddActivity(TaskName name, ActivityDelegate run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!activities.TryAdd(name, run)) throw new ArgumentException($"An activity named '{name}' is already added.", nameof(name));
        return this;
    }

    /// <summary>Adds everything of a registry: classes and functions written to the Microsoft.DurableTask model.</summary>
    public DurableTaskCatalog AddRegistry(DurableTaskRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        foreach (var (name, factory) in registry.GetOrchestrators()) AddOrchestrator(name, (services, context) => RunAsync(factory(services), context));
        foreach (var (name, factory) in registry.GetActivities())
        {
            AddActivity(name, (services, context, input, _) =>
            {
                var activity = factory(services);
                return activity.RunAsync(context, converter.Deserialize(input, activity.InputType));
            });
        }
        return this;
    }

    internal OrchestratorDelegate? FindOrchestrator(string name) => orchestrators.GetValueOrDefault(name);

    internal ActivityDelegate? FindActivity(string name) => activities.GetValueOrDefault(name);

    private static Task<object?> RunAsync(ITaskOrchestrator orchestrator, TaskOrchestrationContext context)
    {
        // The context reads the input as a type known at compile time only; the registry's type is known at run time.
        var input = ((Engine.OrchestrationContext)context).GetInput(orchestrator.InputType);
        return orchestrator.RunAsync(context, input);
    }
}
