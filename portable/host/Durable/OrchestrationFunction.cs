using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Navi.Portable.Host.Functions;
using Navi.Portable.Host.Invocation;

namespace Navi.Portable.Host.Durable;

/// <summary>A function that is an orchestrator.</summary>
/// <param name="Entry">The function.</param>
/// <param name="TaskName">The name by which clients start it.</param>
internal sealed record OrchestrationFunction(FunctionEntry Entry, string TaskName)
{
    private static readonly MethodInfo InputOf = typeof(OrchestrationFunction).GetMethod(nameof(Input), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly HashSet<string> NoData = [];
    private static readonly Dictionary<string, object?> NoValues = [];

    public static OrchestrationFunction? Read(FunctionEntry entry, List<string> problems)
    {
        if (entry.TriggerParameter.ParameterType == typeof(TaskOrchestrationContext))
            return new OrchestrationFunction(entry, ((OrchestrationTriggerAttribute)entry.Trigger).Orchestration ?? entry.Name);
        problems.Add($"Function {entry.Described} takes its orchestration as {entry.TriggerParameter.ParameterType.Name}; only TaskOrchestrationContext is served.");
        return null;
    }

    /// <summary>Beside the context an orchestrator may take its input as a parameter; it gets no client and no clock.</summary>
    public ArgumentSource[]? Bind(List<string> problems) => ParameterBinding.Sources(Entry, NoData, hasDurableClient: false, FromInput, problems);

    /// <summary>Runs on the runtime's own scheduler, on every replay: nothing here may wait for anything but the orchestrator.</summary>
    public Task<object?> RunAsync(FunctionPipeline pipeline, IServiceProvider services, TaskOrchestrationContext context) =>
        pipeline.InvokeAsync(new PortableFunctionContext(Entry, context.InstanceId, services, context, NoValues, CancellationToken.None));

    private static ArgumentSource? FromInput(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().Any(a => a is DurableClientAttribute)
            ? null
            : InputOf.MakeGenericMethod(parameter.ParameterType).CreateDelegate<ArgumentSource>();

    private static object? Input<T>(PortableFunctionContext context) => ((TaskOrchestrationContext)context.TriggerValue!).GetInput<T>();
}
