using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Navi.Portable.Host.Tests.Durable;

/// <summary>An application with a client, an orchestrator and activities, as NAVI's functions declare them.</summary>
public sealed class OrderFunctions(TimeProvider time)
{
    [Function("StartOrder")]
    public static async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await client.ScheduleNewOrchestrationInstanceAsync("Order", new Order(id, 2), new StartOrchestrationOptions(id), cancellation);
        return Results.Accepted();
    }

    [Function("Order")]
    public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, Order order)
    {
        var priced = await context.CallActivityAsync<Priced>("Price", order);
        var text = await context.CallActivityAsync<string>("Describe", priced.Total);
        return $"{order.Id} {text} {context.GetInput<Order>()!.Count}";
    }

    [Function("Price")]
    public Priced Price([ActivityTrigger] Order order, FunctionContext context, string instanceId)
    {
        Assert.NotNull(time);
        Assert.Equal(order.Id, instanceId);
        return new Priced(order.Count * 21, context.FunctionDefinition.Name);
    }

    [Function("DescribeMethod")]
    public static async Task<string> Describe([ActivityTrigger(Activity = "Describe")] int total, CancellationToken cancellation)
    {
        await Task.Yield();
        return $"costs {total} {cancellation.CanBeCanceled}";
    }

    [Function("CallsByClass")]
    public static Task<string> CallsByClass([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>(nameof(UnwrappedActivity), 1);

    public sealed record Order(string Id, int Count);

    public sealed record Priced(int Total, string By);
}
