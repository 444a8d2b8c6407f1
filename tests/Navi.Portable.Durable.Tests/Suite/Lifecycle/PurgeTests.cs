using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Lifecycle;

public sealed class PurgeTests
{
    /// <summary>Behaviour: the purge of a running instance purges 0.</summary>
    [Theory, BothModes]
    public async Task Purge_RunningSuspendedOrUnknown_IsNone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var running = await run.WaitingAsync();
        var suspended = await run.WaitingAsync();
        await run.SuspendAsync(suspended);

        foreach (var id in new[] { running, suspended, "nobody" })
            Assert.Equal(0, (await run.Client.PurgeInstanceAsync(id, run.Limit)).PurgedInstanceCount);

        await run.RaiseAsync(running, "go", "still there");
        Assert.Equal("still there", await run.OutputOfInstance<string>(running));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await run.FindAsync(suspended)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Purge_Ended_IsGoneWhateverItsEnd(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var terminated = await run.WaitingAsync();
        await run.Client.TerminateInstanceAsync(terminated, run.Limit);
        await run.EndOf(terminated);
        string[] ended = [(await run.RunAsync("Echo", "x")).InstanceId, (await run.RunAsync("Break")).InstanceId, terminated];

        foreach (var id in ended)
        {
            Assert.Equal(1, (await run.Client.PurgeInstanceAsync(id, run.Limit)).PurgedInstanceCount);
            Assert.Null(await run.Client.GetInstanceAsync(id, true, run.Limit));
            Assert.Equal(0, (await run.Client.PurgeInstanceAsync(id, run.Limit)).PurgedInstanceCount);
        }
    }

    [Theory, BothModes]
    public async Task Purge_Recursive_TakesTheChildrenAlong(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        foreach (var recursive in new[] { true, false })
        {
            var id = await run.StartAsync("WaitBelow");
            await run.StatusOf(id + "-sub", "waiting");
            await run.RaiseAsync(id + "-sub", "go", "on");
            await run.EndOf(id);

            var purged = await run.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(Recursive: recursive), run.Limit);

            Assert.Equal(recursive ? 2 : 1, purged.PurgedInstanceCount);
            Assert.Equal(recursive, await run.Client.GetInstanceAsync(id + "-sub", run.Limit) is null);
        }
    }

    [Theory, BothModes]
    public async Task Purge_Id_CanBeUsedAgain(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        await run.OutputOfInstance<string>(await run.StartAsync("Echo", "first", "again"));

        await run.Client.PurgeInstanceAsync("again", run.Limit);
        var id = await run.WaitingAsync("again");
        await run.RaiseAsync(id, "go", "second");

        Assert.Equal("second", await run.OutputOfInstance<string>("again"));
    }

    [Theory, BothModes]
    public async Task PurgeAll_ByStatus_TakesOnlyThose(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var good = await run.RunAsync("Echo", "x");
        var bad = await run.RunAsync("Break");

        var purged = await run.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]), run.Limit);

        Assert.Equal(1, purged.PurgedInstanceCount);
        Assert.NotEqual(false, purged.IsComplete);
        Assert.Null(await run.Client.GetInstanceAsync(bad.InstanceId, run.Limit));
        Assert.NotNull(await run.Client.GetInstanceAsync(good.InstanceId, run.Limit));
    }

    [Theory, BothModes]
    public async Task PurgeAll_ByCreation_TakesOnlyThatTime(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var first = await run.RunAsync("Echo", "x");
        OrchestrationMetadata second;
        // Clocks that stand still between two starts exist; two starts at one time can't be told apart.
        do second = await run.RunAsync("Echo", "y");
        while (second.CreatedAt - first.CreatedAt < TimeSpan.FromMilliseconds(2));

        Assert.Equal(0, await PurgeAsync(new PurgeInstancesFilter(CreatedTo: first.CreatedAt.AddSeconds(-1))));
        Assert.Equal(0, await PurgeAsync(new PurgeInstancesFilter(CreatedFrom: second.CreatedAt.AddSeconds(1))));
        await PurgeAsync(new PurgeInstancesFilter(CreatedTo: second.CreatedAt.AddMilliseconds(-1)));
        Assert.Null(await run.Client.GetInstanceAsync(first.InstanceId, run.Limit));
        Assert.NotNull(await run.Client.GetInstanceAsync(second.InstanceId, run.Limit));
        Assert.Equal(1, await PurgeAsync(new PurgeInstancesFilter(CreatedFrom: second.CreatedAt.AddMilliseconds(-1))));

        async Task<int> PurgeAsync(PurgeInstancesFilter filter) => (await run.Client.PurgeAllInstancesAsync(filter, run.Limit)).PurgedInstanceCount;
    }

    [Theory, BothModes]
    public async Task PurgeAll_WithoutConditions_LeavesWhatLives(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var living = await run.WaitingAsync();
        for (var n = 0; n < 12; n++) await run.RunAsync("Echo", $"{n}");

        Assert.Equal(12, (await run.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), run.Limit)).PurgedInstanceCount);

        var left = new List<string>();
        await foreach (var found in run.Client.GetAllInstancesAsync()) left.Add(found.InstanceId);
        Assert.Equal([living], left);
    }

    [Theory, BothModes]
    public async Task Purge_RecursiveWithALivingChild_LeavesThatOne(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("WaitBelow");
        await run.StatusOf(id + "-sub", "waiting");
        await run.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Recursive: false), run.Limit);
        await run.EndOf(id);

        Assert.Equal(1, (await run.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(Recursive: true), run.Limit)).PurgedInstanceCount);
        await run.RaiseAsync(id + "-sub", "go", "alive");

        Assert.Equal("alive", await run.OutputOfInstance<string>(id + "-sub"));
    }
}
