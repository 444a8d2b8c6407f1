using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Timers;

public sealed class SuspendedTimerTests
{
    [Theory, BothModes]
    public async Task CreateTimer_DueWhileSuspended_FiresAfterResuming(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<int, string>("Time", async (context, milliseconds) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
            context.SetCustomStatus("fired");
            return "done";
        }));
        var (id, delay) = await SuspendedAsync(run);

        // By then the suspended instance's timer is due, too.
        await run.OutputOf<string>("Time", delay + 1000);
        var paused = await run.Client.GetInstanceAsync(id, true, run.Limit);
        await run.ResumeAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Suspended, paused!.RuntimeStatus);
        Assert.Null(paused.SerializedCustomStatus);
        Assert.Equal("done", await run.OutputOfInstance<string>(id));
    }

    /// <summary>An instance suspended before its timer was due: on a slow machine it takes a longer timer.</summary>
    private static async Task<(string Id, int Delay)> SuspendedAsync(Conformance run)
    {
        for (var delay = 500; ; delay *= 2)
        {
            var id = await run.StartAsync("Time", delay);
            try
            {
                await run.Client.SuspendInstanceAsync(id, "a test's pause", run.Limit);
            }
            catch (InvalidOperationException)
            {
                continue;
            }
            var found = await run.Until(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended || found.IsCompleted);
            if (!found.IsCompleted) return (id, delay);
        }
    }
}
