using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Navi.Portable.Durable;
using Navi.Testing;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>A worker with four places, whose activities run until they are let go.</summary>
internal sealed class DurableWork : IAsyncDisposable
{
    /// <summary>Activities that it runs at once.</summary>
    public const int Places = 4;

    private readonly ServiceProvider services;
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DurableWork(TestDatabase database, int steps)
    {
        var collection = new ServiceCollection();
        collection.AddPortableDurable(options =>
        {
            options.ConnectionString = database.ConnectionString;
            options.PollInterval = TimeSpan.FromMilliseconds(100);
            options.MaxConcurrentActivities = Places;
        });
        collection.ConfigureDurableTasks((_, catalog) =>
        {
            catalog.AddOrchestrator("Work", async (_, context) =>
            {
                for (var step = 0; step < steps; step++)
                    await context.CallActivityAsync<string>("Step");
                return steps;
            });
            catalog.AddActivity("Step", async (_, _, _, cancellation) =>
            {
                await released.Task.WaitAsync(cancellation);
                return "done";
            });
        });
        services = collection.BuildServiceProvider();
    }

    /// <param name="database">Where the work is.</param>
    /// <param name="steps">Activities of an instance, one after the other.</param>
    public static async Task<DurableWork> StartAsync(TestDatabase database, int steps = 1)
    {
        var work = new DurableWork(database, steps);
        foreach (var hosted in work.services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return work;
    }

    public Task BeginAsync(int instances) =>
        Task.WhenAll(Enumerable.Range(0, instances).Select(_ => services.GetRequiredService<DurableTaskClient>().ScheduleNewOrchestrationInstanceAsync("Work", CancellationToken.None)));

    public void Release() => released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        foreach (var hosted in services.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}
