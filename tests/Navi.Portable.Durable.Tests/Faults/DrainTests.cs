using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Faults;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_WhileAnActivityRuns_IdleInstancesAreOthersAtOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Tasks(DurableTaskRegistry tasks)
        {
            tasks.AddActivityFunc("Long", async _ =>
            {
                running.TrySetResult();
                await gate.Task;
            });
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Long"));
            tasks.AddOrchestratorFunc<string>("Wait", context =>
            {
                context.SetCustomStatus("waiting");
                return context.WaitForExternalEvent<string>("go");
            });
        }
        await using var leaving = await DurableHost.StartAsync(database, Tasks, options => options.DrainTimeout = TimeSpan.FromMinutes(10));
        var waiting = await leaving.Client.ScheduleNewOrchestrationInstanceAsync("Wait", limit.Token);
        await Eventually.TrueAsync(async () => (await leaving.Client.GetInstanceAsync(waiting, true, limit.Token))!.SerializedCustomStatus is not null, limit.Token);
        await leaving.Client.ScheduleNewOrchestrationInstanceAsync("Call", limit.Token);
        await running.Task.WaitAsync(limit.Token);
        await using var staying = await DurableHost.StartAsync(database, Tasks);

        var stop = leaving.StopAsync();
        await staying.Client.RaiseEventAsync(waiting, "go", "on", limit.Token);
        var end = await staying.Client.WaitForInstanceCompletionAsync(waiting, true, limit.Token);

        Assert.Equal("on", end.ReadOutputAs<string>());
        Assert.False(stop.IsCompleted);
        gate.SetResult();
        await stop.WaitAsync(limit.Token);
    }
}
