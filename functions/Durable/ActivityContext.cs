using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Navi.Functions.Durable;

/// <summary>What an activity class may know of its call, taken from the function's.</summary>
internal sealed class ActivityContext : TaskActivityContext
{
    private ActivityContext(TaskName name, string instanceId)
    {
        Name = name;
        InstanceId = instanceId;
    }

    public override TaskName Name { get; }

    public override string InstanceId { get; }

    public static ActivityContext Of(FunctionContext context) =>
        new(context.FunctionDefinition.Name, context.BindingContext.BindingData.TryGetValue("instanceId", out var id) ? id?.ToString() ?? "" : "");
}
