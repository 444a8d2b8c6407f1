using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Hosting.Readiness;
using Navi.Platform.Telemetry.Metrics;
using Navi.Portable.Durable;
using Navi.Portable.Host.Invocation;

namespace Navi.Portable.Host.Durable;

/// <summary>Hands the durable runtime what the [Function] methods declare, and nothing else: an orchestrator or activity without a method does not exist.</summary>
internal static class DurableRegistration
{
    private static readonly DataConverter Converter = JsonDataConverter.Default;

    public static void Add(
        IServiceCollection services, PortableHostOptions options, FunctionPipeline pipeline,
        IReadOnlyList<OrchestrationFunction> orchestrations, IReadOnlyList<ActivityFunction> activities)
    {
        services.AddPortableDurable(durable =>
        {
            durable.ConnectionString = options.ConnectionString;
            durable.ConfigureDataSource = options.ConfigureDataSource;
            durable.RunWorker = options.RunWorkers;
            durable.DrainTimeout = options.DrainTimeout;
            durable.DataConverter = Converter;
            durable.Retention = options.DurableRetention;
        });
        services.AddSingleton<IRuntimeState, RuntimeState>();
        services.AddSingleton<IFleetGauges, DurableGauges>();
        services.ConfigureDurableTasks((_, catalog) =>
        {
            foreach (var orchestration in orchestrations)
                catalog.AddOrchestrator(orchestration.TaskName, (scope, context) => orchestration.RunAsync(pipeline, scope, context));
            foreach (var activity in activities)
                catalog.AddActivity(activity.TaskName, (scope, context, input, cancellation) =>
                    activity.RunAsync(pipeline, scope, context, Converter.Deserialize(input, activity.Entry.TriggerParameter.ParameterType), cancellation));
        });
    }
}
