using Microsoft.DurableTask.Client;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>Runs workflows to their end, and makes sure that they were done.</summary>
/// <param name="client">Whose.</param>
internal sealed class Workflows(DurableTaskClient client)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public async Task<string> StartAsync(string name, int input, CancellationToken cancellation) => await client.ScheduleNewOrchestrationInstanceAsync(name, input, cancellation);

    /// <summary>Starts one and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It did not complete.</exception>
    public async Task<OrchestrationMetadata> RunAsync(string name, int input, CancellationToken cancellation) => await EndAsync(await StartAsync(name, input, cancellation), cancellation);

    /// <exception cref="InvalidOperationException">It did not complete.</exception>
    public async Task<OrchestrationMetadata> EndAsync(string instance, CancellationToken cancellation)
    {
        var end = await client.WaitForInstanceCompletionAsync(instance, cancellation);
        return end.RuntimeStatus == OrchestrationRuntimeStatus.Completed
            ? end
            : throw new InvalidOperationException($"{end.Name} {instance} ended as {end.RuntimeStatus}: {end.FailureDetails}");
    }

    /// <summary>Returns when the instance's custom status says that it waits for its event.</summary>
    public async Task WaitingAsync(string instance, CancellationToken cancellation)
    {
        while ((await client.GetInstanceAsync(instance, getInputsAndOutputs: true, cancellation))?.SerializedCustomStatus != BenchTasks.Waiting)
            await Task.Delay(Look, cancellation);
    }

    public Task RaiseAsync(string instance, CancellationToken cancellation) => client.RaiseEventAsync(instance, BenchTasks.Event, 1, cancellation);
}
