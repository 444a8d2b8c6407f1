using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Navi.Portable.Host.Functions;
using Navi.Portable.Host.Invocation;

namespace Navi.Portable.Host.Durable;

/// <summary>A function that is an activity.</summary>
/// <param name="Entry">The function.</param>
/// <param name="TaskName">The name by which orchestrators call it.</param>
internal sealed record ActivityFunction(FunctionEntry Entry, string TaskName)
{
    private const string InstanceId = "instanceId";
    private static readonly HashSet<string> Data = [InstanceId];

    public static ActivityFunction? Read(FunctionEntry entry, List<string> problems)
    {
        if (entry.TriggerParameter.ParameterType != typeof(TaskActivityContext))
            return new ActivityFunction(entry, ((ActivityTriggerAttribute)entry.Trigger).Activity ?? entry.Name);
        problems.Add($"Function {entry.Described} takes TaskActivityContext as its trigger; an activity function takes its input there.");
        return null;
    }

    public ArgumentSource[]? Bind(bool hasDurableClient, List<string> problems) => ParameterBinding.Sources(Entry, Data, hasDurableClient, _ => null, problems);

    /// <param name="pipeline">The worker middleware and methods.</param>
    /// <param name="services">The activity's own scope.</param>
    /// <param name="context">Name and instance of the activity.</param>
    /// <param name="input">The deserialized input, of the trigger parameter's type.</param>
    /// <param name="cancellation">Fires when the activity's lease is lost or the host drains.</param>
    public Task<object?> RunAsync(FunctionPipeline pipeline, IServiceProvider services, TaskActivityContext context, object? input, CancellationToken cancellation)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { [InstanceId] = context.InstanceId };
        return pipeline.InvokeAsync(new PortableFunctionContext(Entry, Guid.NewGuid().ToString(), services, input, data, cancellation));
    }
}
