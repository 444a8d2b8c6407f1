using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Retries;

public sealed class SubOrchestrationRetryTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    [Theory, BothModes]
    public async Task Policy_WithItsOwnId_RetriesUnderThatId(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Child", context => Interlocked.Increment(ref calls) == 1 ? throw new TimeoutException() : context.InstanceId);
            tasks.AddOrchestratorFunc<string>("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", new SubOrchestrationOptions(TaskOptions.FromRetryPolicy(new RetryPolicy(2, Short)), "the-child")));
        });

        Assert.Equal("the-child", await run.OutputOf<string>("Parent"));
        Assert.Equal(2, calls);
    }

    [Theory, BothModes]
    public async Task Policy_WithoutId_RunsTheChildUntilItSucceeds(int sticky)
    {
        var attempts = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int>("Attempt", _ => Interlocked.Increment(ref attempts));
            tasks.AddOrchestratorFunc<int>("Child", async context =>
            {
                var attempt = await context.CallActivityAsync<int>("Attempt");
                return attempt < 3 ? throw new TimeoutException() : attempt;
            });
            tasks.AddOrchestratorFunc<int>("Parent", context => context.CallSubOrchestratorAsync<int>("Child", TaskOptions.FromRetryPolicy(new RetryPolicy(5, Short))));
        });

        Assert.Equal(3, await run.OutputOf<int>("Parent"));
    }

    [Theory, BothModes]
    public async Task Policy_Exhausted_GivesTheLastFailure(int sticky)
    {
        var attempts = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Attempt", _ => throw new FormatException($"attempt {Interlocked.Increment(ref attempts)}"));
            tasks.AddOrchestratorFunc("Child", context => context.CallActivityAsync("Attempt"));
            tasks.AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child", TaskOptions.FromRetryPolicy(new RetryPolicy(3, Short))));
        });

        var child = (await run.FailureOf("Parent")).InnerFailure!;

        Assert.Equal("Microsoft.DurableTask.TaskFailedException", child.ErrorType);
        Assert.Equal("attempt 3", child.InnerFailure!.ErrorMessage);
    }

    [Theory, BothModes]
    public async Task Handler_SeesTheChildsFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc("Child", _ => throw new FormatException("child"));
            tasks.AddOrchestratorFunc<string>("Parent", async context =>
            {
                var seen = "";
                try
                {
                    await context.CallSubOrchestratorAsync("Child", TaskOptions.FromRetryHandler(retry =>
                    {
                        seen += $"{retry.LastAttemptNumber} {retry.LastFailure.ErrorType};";
                        return retry.LastAttemptNumber < 2;
                    }));
                }
                catch (TaskFailedException)
                {
                }
                return seen;
            });
        });

        Assert.Equal("1 System.FormatException;2 System.FormatException;", await run.OutputOf<string>("Parent"));
    }

    /// <summary>Behaviour: a missing orchestrator is not retried for ever.</summary>
    [Theory, BothModes]
    public async Task Policy_OrchestratorMissing_FailsAtOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Parent", context =>
            context.CallSubOrchestratorAsync("Nowhere", TaskOptions.FromRetryPolicy(new RetryPolicy(1000, TimeSpan.FromMinutes(1))))));

        Assert.Equal("OrchestratorTaskNotFound", (await run.FailureOf("Parent")).InnerFailure!.ErrorType);
    }
}
