using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Tables;

/// <summary>More events are held for a suspended instance than one turn reads.</summary>
public sealed class HeldEventTests
{
    // A turn reads 1,000 messages at most.
    private const int Held = 1500;

    [Theory, BothModes]
    public async Task Resume_BehindMoreEventsThanATurnReads_DeliversAllInOrder(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Counting);
        var id = await SuspendedWithEventsAsync(run);
        var epoch = await EpochAsync(run, id);

        // The worker looks for work between the turns of others; what is held is none.
        foreach (var _ in Enumerable.Range(0, 5)) await run.OutputOf<string>("Nothing");
        Assert.Equal(epoch, await EpochAsync(run, id));
        await run.Client.ResumeInstanceAsync(id, "test", run.Limit);

        Assert.Equal(Enumerable.Range(1, Held), (await run.EndOf(id)).ReadOutputAs<int[]>()!);
    }

    [Theory, BothModes]
    public async Task Terminate_BehindMoreEventsThanATurnReads_Ends(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Counting);
        var id = await SuspendedWithEventsAsync(run);

        await run.Client.TerminateInstanceAsync(id, "enough", run.Limit);

        Assert.Equal(Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.inbox"));
    }

    private static void Counting(Microsoft.DurableTask.DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<string>("Nothing", _ => Task.FromResult("done"));
        tasks.AddOrchestratorFunc<int[]>("Count", async context =>
        {
            context.SetCustomStatus("waiting");
            var found = new int[Held];
            for (var i = 0; i < Held; i++) found[i] = await context.WaitForExternalEvent<int>("n");
            return found;
        });
    }

    private static async Task<string> SuspendedWithEventsAsync(Conformance run)
    {
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Count", run.Limit);
        await run.StatusOf(id, "waiting");
        await run.Client.SuspendInstanceAsync(id, "test", run.Limit);
        await run.Until(id, found => found.RuntimeStatus == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Suspended);
        await Sql.ExecuteAsync(
            run.Database,
            $"INSERT INTO durable.inbox (instance_id, incarnation, kind, name, payload) SELECT '{id}', incarnation, 5, 'n', n FROM durable.instances, generate_series(1, {Held}) n WHERE instance_id = '{id}' ORDER BY n");
        return id;
    }

    private static Task<long> EpochAsync(Conformance run, string id) =>
        Sql.ScalarAsync<long>(run.Database, $"SELECT epoch FROM durable.instances WHERE instance_id = '{id}'");
}
