using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Suite;

public sealed class DeterminismTests
{
    private const string IllegalAwait = "An invalid asynchronous invocation was detected";

    private static readonly Dictionary<string, Func<TaskOrchestrationContext, Task>> SecondVersions = new()
    {
        ["another activity"] = context => context.CallActivityAsync("Other"),
        ["a timer instead"] = context => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None),
        ["a sub-orchestration instead"] = context => context.CallSubOrchestratorAsync("Other"),
        ["nothing"] = _ => Task.CompletedTask,
        ["an event wait instead"] = context => context.WaitForExternalEvent<string>("go"),
    };

    public static TheoryData<string> Changes => [.. SecondVersions.Keys];

    [Theory, MemberData(nameof(Changes))]
    public async Task Replay_CodeHasChanged_FailsWithTheStepNamed(string change)
    {
        await using var database = await TestDatabase.CreateAsync();
        string id;
        await using (var before = await DurableHost.StartAsync(database, tasks => Register(tasks, context => context.CallActivityAsync("First"))))
        {
            id = await before.Client.ScheduleNewOrchestrationInstanceAsync("Changing");
            await Reach(before.Client, id, "called");
        }
        await using var after = await DurableHost.StartAsync(database, tasks => Register(tasks, SecondVersions[change]));

        await after.Client.RaiseEventAsync(id, "go", "");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var end = await after.Client.WaitForInstanceCompletionAsync(id, limit.Token);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.StartsWith("Non-Deterministic workflow detected", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("step 0", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("'First'", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_CodeEndsEarlier_FailsAsNonDeterministic()
    {
        await using var database = await TestDatabase.CreateAsync();
        string id;
        await using (var before = await DurableHost.StartAsync(database, tasks => tasks.AddOrchestratorFunc("Wait", async context =>
        {
            context.SetCustomStatus("called");
            await context.WaitForExternalEvent<string>("go");
        })))
        {
            id = await before.Client.ScheduleNewOrchestrationInstanceAsync("Wait");
            await Reach(before.Client, id, "called");
        }
        await using var after = await DurableHost.StartAsync(database, tasks => tasks.AddOrchestratorFunc("Wait", _ => 5));

        await after.Client.RaiseEventAsync(id, "go", "");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var end = await after.Client.WaitForInstanceCompletionAsync(id, limit.Token);
        Assert.StartsWith("Non-Deterministic workflow detected", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Context_AnswersOfReplay_AreThoseOfTheFirstRun(int sticky)
    {
        var seen = new ConcurrentBag<(Guid, DateTime, DateTimeKind)>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc("Ask", async context =>
            {
                await context.CallActivityAsync("Step");
                seen.Add((context.NewGuid(), context.CurrentUtcDateTime, context.CurrentUtcDateTime.Kind));
                for (var n = 0; n < 3; n++) await context.CallActivityAsync("Step");
            });
        });

        await run.RunAsync("Ask");

        Assert.Equal(sticky == 0 ? 4 : 1, seen.Count);
        var only = Assert.Single(seen.Distinct());
        Assert.Equal(DateTimeKind.Utc, only.Item3);
        Assert.NotEqual(Guid.Empty, only.Item1);
    }

    [Theory, BothModes]
    public async Task ReplaySafeLogger_WhileReplaying_IsSilent(int sticky)
    {
        var lines = new ConcurrentQueue<string>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc("Log", async context =>
            {
                var logger = new ListLoggerContext(context, lines).CreateReplaySafeLogger("test");
                for (var n = 0; n < 3; n++)
                {
                    await context.CallActivityAsync("Step");
                    logger.LogInformation("step {Number}", n);
                }
            });
        });

        await run.RunAsync("Log");

        Assert.Equal(["step 0", "step 1", "step 2"], lines);
    }

    [Theory, BothModes]
    public async Task Await_OfWhatIsNotDurable_FailsTheInstance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc("Bad", async _ => await Task.Delay(TimeSpan.FromMilliseconds(5))));

        var end = await run.RunAsync("Bad");

        Assert.Equal("System.InvalidOperationException", end.FailureDetails!.ErrorType);
        Assert.StartsWith(IllegalAwait, end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Context_UsedOnAnotherThread_FailsTheInstance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc("Bad", async context =>
            {
                await Task.Run(() => { }, CancellationToken.None).ConfigureAwait(false);
                await Task.Yield();
                await context.CallActivityAsync("Step");
            });
        });

        var end = await run.RunAsync("Bad");

        Assert.StartsWith(IllegalAwait, end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Await_TaskYieldAndCompletedTasks_AreFine(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Double", (_, value) => value * 2);
            tasks.AddOrchestratorFunc<int>("Good", async context =>
            {
                await Task.Yield();
                await Task.CompletedTask;
                var first = context.CallActivityAsync<int>("Double", 1);
                var second = context.CallActivityAsync<int>("Double", 2);
                return await await Task.WhenAny(first, second) + (await Task.WhenAll(first, second)).Sum();
            });
        });

        Assert.InRange(await run.OutputOf<int>("Good"), 8, 10);
    }

    private static void Register(DurableTaskRegistry tasks, Func<TaskOrchestrationContext, Task> step)
    {
        tasks.AddActivityFunc("First", _ => { });
        tasks.AddActivityFunc("Other", _ => { });
        tasks.AddOrchestratorFunc("Changing", async context =>
        {
            await step(context);
            context.SetCustomStatus("called");
            await context.WaitForExternalEvent<string>("go");
        });
    }

    private static async Task Reach(DurableTaskClient client, string id, string status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await client.GetInstanceAsync(id, true, limit.Token))?.SerializedCustomStatus != $"\"{status}\"") await Task.Delay(20, limit.Token);
    }
}
