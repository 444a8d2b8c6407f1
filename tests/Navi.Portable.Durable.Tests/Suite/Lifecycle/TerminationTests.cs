using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Lifecycle;

public sealed class TerminationTests
{
    /// <summary>Behaviour: a termination's SerializedOutput is the JSON of the output.</summary>
    [Theory, BothModes]
    public async Task Terminate_Output_IsItsJson(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        foreach (var (output, json) in new (object, string)[] { (new { why = "enough" }, """{"why":"enough"}"""), ("text", "\"text\""), (5, "5"), (new[] { 1, 2 }, "[1,2]") })
        {
            var id = await run.WaitingAsync();

            await run.Client.TerminateInstanceAsync(id, output, run.Limit);

            var end = await run.EndOf(id);
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
            Assert.Equal(json, end.SerializedOutput);
        }
    }

    [Theory, BothModes]
    public async Task Terminate_WithoutOutput_HasNone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        await run.Client.TerminateInstanceAsync(id, run.Limit);

        var end = await run.EndOf(id);
        Assert.Null(end.SerializedOutput);
        Assert.True(end.IsCompleted);
        Assert.Equal("waiting", end.ReadCustomStatusAs<string>());
    }

    [Theory, BothModes]
    public async Task Terminate_WhileSuspended_Ends(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();
        await run.SuspendAsync(id);

        await run.Client.TerminateInstanceAsync(id, run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Terminate_WhileItsActivityRuns_EndsWithoutWaitingForThat(int sticky)
    {
        var gate = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var next = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddActivityFunc("Slow", async _ =>
            {
                began.TrySetResult();
                await gate.Task;
            });
            tasks.AddActivityFunc("Next", _ => { Interlocked.Increment(ref next); });
            tasks.AddOrchestratorFunc("Work", async context =>
            {
                await context.CallActivityAsync("Slow");
                await context.CallActivityAsync("Next");
            });
        });
        var id = await run.StartAsync("Work");
        await began.Task.WaitAsync(run.Limit);

        await run.Client.TerminateInstanceAsync(id, "no more", run.Limit);
        Assert.Equal("no more", (await run.EndOf(id)).ReadOutputAs<string>());
        gate.SetResult();
        await run.OutputOf<string>("Echo", "others go on");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.FindAsync(id)).RuntimeStatus);
        Assert.Equal(0, next);
    }

    [Theory, BothModes]
    public async Task Terminate_WaitingForATimer_Ends(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Sleep", async context =>
        {
            context.SetCustomStatus("asleep");
            await context.CreateTimer(TimeSpan.FromDays(300), CancellationToken.None);
        }));
        var id = await run.StartAsync("Sleep");
        await run.StatusOf(id, "asleep");

        await run.Client.TerminateInstanceAsync(id, run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Terminate_BeforeTheFirstTurn_Ends(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("Wait");

        await run.Client.TerminateInstanceAsync(id, run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
    }

    [Theory, BothModes]
    public async Task Terminate_BehindEvents_HasTheLastWord(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();
        await run.SuspendAsync(id);
        for (var n = 0; n < 20; n++) await run.RaiseAsync(id, "other", n);

        await run.Client.TerminateInstanceAsync(id, "last", run.Limit);

        Assert.Equal("last", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Terminate_Recursive_EndsSubOrchestrationsToo(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        foreach (var recursive in new[] { true, false })
        {
            var id = await run.StartAsync("WaitBelow");
            await run.StatusOf(id + "-sub", "waiting");

            await run.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions(Recursive: recursive), run.Limit);

            await run.EndOf(id);
            if (recursive) Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id + "-sub")).RuntimeStatus);
            else Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.FindAsync(id + "-sub")).RuntimeStatus);
        }
    }

    [Theory, BothModes]
    public async Task Terminate_OneOfTwo_LeavesTheOther(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var first = await run.WaitingAsync();
        var second = await run.WaitingAsync();

        await run.Client.TerminateInstanceAsync(first, run.Limit);
        await run.EndOf(first);
        await run.RaiseAsync(second, "go", "still here");

        Assert.Equal("still here", await run.OutputOfInstance<string>(second));
    }

    [Theory, BothModes]
    public async Task Terminate_Recursive_ReachesASuspendedChild(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.StartAsync("WaitBelow");
        await run.StatusOf(id + "-sub", "waiting");
        await run.SuspendAsync(id + "-sub");

        await run.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("both", Recursive: true), run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id + "-sub")).RuntimeStatus);
    }
}
