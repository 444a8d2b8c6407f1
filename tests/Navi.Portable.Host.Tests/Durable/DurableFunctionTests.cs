using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Navi.Testing;

namespace Navi.Portable.Host.Tests.Durable;

public sealed class DurableFunctionTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Post_StartsAnOrchestration_ItsActivitiesBindTheirParameters()
    {
        await using var host = await RunningHost.StartAsync(Options());
        (await host.Client.PostAsync("orders/order-1", null)).EnsureSuccessStatusCode();
        var ended = await CompletionAsync(host, "order-1");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal("order-1 costs 42 True 2", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Run_ActivityClassWithoutAMethod_IsNotFound()
    {
        await using var host = await RunningHost.StartAsync(Options());
        await ClientOf(host).ScheduleNewOrchestrationInstanceAsync("CallsByClass", null, new Microsoft.DurableTask.StartOrchestrationOptions("by-class"));
        var ended = await CompletionAsync(host, "by-class");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("ActivityTaskNotFound", ended.FailureDetails!.InnerFailure?.ErrorType ?? ended.FailureDetails.ErrorType);
    }

    [Fact]
    public async Task Run_Middleware_SurroundsOrchestratorsAndActivities()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var host = await RunningHost.StartAsync(Options(), builder => builder.Worker.UseMiddleware(async (context, next) =>
        {
            seen.Add($"{context.FunctionDefinition.Name}:{context.FunctionDefinition.InputBindings.Values.First(b => b.Type.EndsWith("Trigger", StringComparison.Ordinal)).Type}:{context.GetHttpContext() is not null}");
            await next();
        }));
        (await host.Client.PostAsync("orders/order-2", null)).EnsureSuccessStatusCode();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await CompletionAsync(host, "order-2")).RuntimeStatus);
        foreach (var expected in new[] { "StartOrder:httpTrigger:True", "Order:orchestrationTrigger:False", "Price:activityTrigger:False", "DescribeMethod:activityTrigger:False" })
            Assert.Contains(expected, seen);
    }

    [Fact]
    public async Task Start_WithoutWorkers_AcceptsWorkAndLeavesItToAnother()
    {
        await using (var reader = await RunningHost.StartAsync(Options() with { RunWorkers = false }))
        {
            (await reader.Client.PostAsync("orders/order-3", null)).EnsureSuccessStatusCode();
            Assert.Equal(OrchestrationRuntimeStatus.Pending, (await ClientOf(reader).GetInstanceAsync("order-3"))!.RuntimeStatus);
        }
        await using var worker = await RunningHost.StartAsync(Options());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await CompletionAsync(worker, "order-3")).RuntimeStatus);
    }

    private PortableHostOptions Options() => RunningHost.Options(typeof(OrderFunctions)) with { ConnectionString = database.ConnectionString };

    private static DurableTaskClient ClientOf(RunningHost host) => host.Host.Services.GetRequiredService<DurableTaskClient>();

    private static async Task<OrchestrationMetadata> CompletionAsync(RunningHost host, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await ClientOf(host).WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, limit.Token);
    }
}
