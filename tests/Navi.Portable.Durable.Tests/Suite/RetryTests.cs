using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite;

public sealed class RetryTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    [Theory, BothModes]
    public async Task Policy_MaxNumberOfAttempts_CountsTheFirstCall(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException($"call {Interlocked.Increment(ref calls)}"));
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Break", TaskOptions.FromRetryPolicy(new RetryPolicy(3, Short))));
        });

        var end = await run.RunAsync("Call");

        Assert.Equal(3, calls);
        Assert.Equal("call 3", end.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Theory, BothModes]
    public async Task Policy_LaterAttemptSucceeds_GivesItsResult(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int>("Flaky", _ => Interlocked.Increment(ref calls) < 3 ? throw new TimeoutException() : 42);
            tasks.AddOrchestratorFunc<int>("Call", context =>
                context.CallActivityAsync<int>("Flaky", TaskOptions.FromRetryPolicy(new RetryPolicy(5, Short, backoffCoefficient: 2))));
        });

        Assert.Equal(42, await run.OutputOf<int>("Call"));
        Assert.Equal(3, calls);
    }

    [Theory, BothModes]
    public async Task Policy_HandleFailure_DecidesByCause(int sticky)
    {
        var calls = new ConcurrentDictionary<string, int>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Break", (_, kind) =>
            {
                calls.AddOrUpdate(kind, 1, (_, count) => count + 1);
                throw kind == "io" ? new IOException() : new ArgumentException("never again");
            });
            tasks.AddOrchestratorFunc<string, int>("Call", async (context, kind) =>
            {
                var policy = new RetryPolicy(4, Short) { HandleFailure = failure => failure.IsCausedBy<IOException>() };
                await context.CallActivityAsync("Break", kind, TaskOptions.FromRetryPolicy(policy));
                return 0;
            });
        });

        await run.RunAsync("Call", "io");
        await run.RunAsync("Call", "argument");

        Assert.Equal(4, calls["io"]);
        Assert.Equal(1, calls["argument"]);
    }

    [Theory, BothModes]
    public async Task Policy_RetryTimeout_EndsTheAttempts(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ =>
            {
                Interlocked.Increment(ref calls);
                throw new TimeoutException();
            });
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync(
                "Break", TaskOptions.FromRetryPolicy(new RetryPolicy(1000, TimeSpan.FromMilliseconds(50), retryTimeout: TimeSpan.FromMilliseconds(300)))));
        });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await run.RunAsync("Call")).RuntimeStatus);
        Assert.InRange(calls, 2, 7);
    }

    [Theory, BothModes]
    public async Task Handler_LastAttemptNumber_StartsAtOne(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException());
            tasks.AddOrchestratorFunc<string>("Call", async context =>
            {
                var seen = new List<string>();
                try
                {
                    await context.CallActivityAsync("Break", TaskOptions.FromRetryHandler(retry =>
                    {
                        seen.Add($"{retry.LastAttemptNumber}:{retry.LastFailure.ErrorType}");
                        return retry.LastAttemptNumber < 3;
                    }));
                }
                catch (TaskFailedException)
                {
                }
                return string.Join(' ', seen);
            });
        });

        Assert.Equal("1:System.TimeoutException 2:System.TimeoutException 3:System.TimeoutException", await run.OutputOf<string>("Call"));
    }

    [Theory, BothModes]
    public async Task Handler_ThatAwaitsATimer_IsDurable(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int>("Flaky", _ => Interlocked.Increment(ref calls) < 3 ? throw new TimeoutException() : calls);
            tasks.AddOrchestratorFunc<int>("Call", context => context.CallActivityAsync<int>("Flaky", TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(Short, CancellationToken.None);
                return true;
            })));
        });

        Assert.Equal(3, await run.OutputOf<int>("Call"));
    }

    [Theory, BothModes]
    public async Task SubOrchestration_WithItsOwnId_IsRetriedUnderThatId(int sticky)
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

    [Fact]
    public void Policy_WithoutFirstInterval_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(2, TimeSpan.Zero));

    [Fact]
    public void Policy_Defaults_AreTheVendors()
    {
        var policy = new RetryPolicy(2, TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromHours(1), policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
        Assert.Equal(1.0, policy.BackoffCoefficient);
    }
}
