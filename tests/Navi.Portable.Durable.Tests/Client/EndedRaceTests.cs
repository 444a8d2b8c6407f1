using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>Rewinding, restarting, purging and terminating at the same moment: one of them comes first, and what is left is whole.</summary>
public sealed class EndedRaceTests
{
    private const string Leftovers =
        """
        SELECT (SELECT count(*) FROM durable.history h WHERE NOT EXISTS (SELECT 1 FROM durable.instances i WHERE i.instance_id = h.instance_id AND i.incarnation = h.incarnation))
          + (SELECT count(*) FROM durable.activities a WHERE NOT EXISTS (SELECT 1 FROM durable.instances i WHERE i.instance_id = a.instance_id AND i.incarnation = a.incarnation))
        """;

    private readonly FlakyWorld world = new();

    private void Tasks(DurableTaskRegistry tasks)
    {
        world.AddTo(tasks);
        tasks.AddOrchestratorFunc<string>("One", context => context.CallActivityAsync<string>("Do", "a"));
        tasks.AddOrchestratorFunc<string[]>("Both", async context =>
        {
            var waited = context.CallActivityAsync<string>("Slow");
            return [await context.CallActivityAsync<string>("Do", "a"), await waited];
        });
        tasks.AddOrchestratorFunc<string>("Parent", async context =>
        {
            try
            {
                await context.CallSubOrchestratorAsync<string>("One", new SubOrchestrationOptions(instanceId: context.InstanceId + "-sub"));
            }
            catch (TaskFailedException)
            {
                context.SetCustomStatus("failed below");
            }
            return await context.WaitForExternalEvent<string>("go");
        });
    }

    [Fact]
    public async Task RewindRestartPurge_AtOnce_LeaveAnEndOrNothing()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        for (var round = 0; round < 15; round++)
        {
            var id = $"r{round}";
            world.Break("a");
            Assert.Equal(OrchestrationRuntimeStatus.Failed, (await run.RunAsync("One", null, new StartOrchestrationOptions(id))).RuntimeStatus);
            world.Mend();

            var answers = await Task.WhenAll(
                AnswerAsync(() => run.Client.RewindInstanceAsync(id, "one", run.Limit)),
                AnswerAsync(() => run.Client.RewindInstanceAsync(id, "two", run.Limit)),
                AnswerAsync(() => run.Client.RestartAsync(id, cancellation: run.Limit)),
                AnswerAsync(() => run.Client.PurgeInstanceAsync(id, run.Limit)));

            // Whoever was told no got the reason; what is left ends well.
            Assert.All(answers, answer => Assert.True(answer is null or InvalidOperationException or ArgumentException, $"{answer}"));
            if (await run.Client.GetInstanceAsync(id, run.Limit) is not null)
                await run.Until(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Completed);
        }

        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, Leftovers));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task PurgeFailed_InstanceIsRewoundMeanwhile_LeavesItAlone(int status)
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        world.Break("a");
        var id = (await run.RunAsync("One")).InstanceId;
        world.Mend();
        await using var other = new NpgsqlConnection(run.Database.ConnectionString);
        await other.OpenAsync(run.Limit);
        await using var transaction = await other.BeginTransactionAsync(run.Limit);
        // As a rewinding, or one that went through already, does before it commits.
        await using (var reopen = new NpgsqlCommand($"UPDATE durable.instances SET status = {status} WHERE instance_id = '{id}'", other)) await reopen.ExecuteNonQueryAsync(run.Limit);

        var purge = run.Client.PurgeInstancesAsync(null, null, [OrchestrationRuntimeStatus.Failed], run.Limit);
        await Eventually.TrueAsync(
            async () => await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") > 0, run.Limit);
        await transaction.CommitAsync(run.Limit);

        Assert.Equal(0, (await purge).PurgedInstanceCount);
        Assert.NotNull(await run.Client.GetInstanceAsync(id, run.Limit));
    }

    [Fact]
    public async Task Rewind_WhileItsParentIsTerminatedWithAllBelow_EndsEither()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        for (var round = 0; round < 10; round++)
        {
            var id = $"t{round}";
            world.Break("a");
            await run.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions(id), run.Limit);
            await run.StatusOf(id, "failed below");
            world.Mend();

            await Task.WhenAll(
                run.Client.RewindInstanceAsync(id + "-sub", "mended", run.Limit),
                run.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Recursive: true), run.Limit));

            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
            // It was open again when the termination came down, or it was not.
            await run.Until(id + "-sub", found => found.RuntimeStatus is OrchestrationRuntimeStatus.Terminated or OrchestrationRuntimeStatus.Completed);
            var purged = await run.Client.PurgeInstanceAsync(id, new PurgeInstanceOptions(Recursive: true), run.Limit);
            Assert.Equal(2, purged.PurgedInstanceCount);
        }
    }

    [Fact]
    public async Task Rewind_TerminatedBeforeItsTurn_IsTerminated()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        world.Break("a");
        var id = (await run.RunAsync("One")).InstanceId;
        world.Mend();
        await run.StopWorkerAsync();
        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);
        await run.Client.TerminateInstanceAsync(id, "enough", run.Limit);

        await using var other = await DurableHost.StartAsync(run.Database, Tasks);

        Assert.Equal("enough", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(1, world.CallsOf("a"));
    }

    [Fact]
    public async Task Rewind_CallEndsAfterItWasMadeAgain_ItsOutcomeIsNotTakenForTheNewOne()
    {
        var (first, second) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var slow = 0;
        await using var run = await Conformance.StartAsync(1000, tasks =>
        {
            Tasks(tasks);
            tasks.AddActivityFunc<string>("Slow", async _ =>
            {
                var again = Interlocked.Increment(ref slow) > 1;
                await (again ? second : first).Task;
                return again ? "second" : "first";
            });
        });
        world.Break("a");
        var id = (await run.RunAsync("Both")).InstanceId;
        world.Mend();
        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);
        await Eventually.TrueAsync(() => Volatile.Read(ref slow) == 2, run.Limit);

        first.SetResult();
        // While another instance runs from beginning to end, what has ended would be heard.
        await run.Client.WaitForInstanceCompletionAsync(await run.Client.ScheduleNewOrchestrationInstanceAsync("One", run.Limit), run.Limit);
        second.SetResult();

        Assert.Equal(["did a", "second"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task Rewind_CallStillRuns_ItsOutcomeIsNotTakenForTheNewOne()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = 0;
        await using var run = await Conformance.StartAsync(1000, tasks =>
        {
            Tasks(tasks);
            tasks.AddActivityFunc<string>("Slow", async _ =>
            {
                if (Interlocked.Increment(ref slow) > 1) return "second";
                await gate.Task;
                return "first";
            });
        });
        world.Break("a");
        var id = (await run.RunAsync("Both")).InstanceId;
        world.Mend();

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);
        var end = await run.EndOf(id);
        gate.SetResult();

        Assert.Equal(["did a", "second"], end.ReadOutputAs<string[]>()!);
    }

    private static async Task<Exception?> AnswerAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
