using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Retries;

/// <summary>Behaviour: RetryPolicy counts the first call, and every field of it is heeded.</summary>
public sealed class RetryPolicyTests
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
        // A slow machine may use up the time with the first call.
        Assert.InRange(calls, 1, 7);
    }

    [Theory, BothModes]
    public async Task Policy_OfOneAttempt_NeverRetries(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks => Break(tasks, () => Interlocked.Increment(ref calls), new RetryPolicy(1, Short)));

        await run.FailureOf("Call");

        Assert.Equal(1, calls);
    }

    [Theory, BothModes]
    public async Task Policy_MaxRetryInterval_CapsWhatTheCoefficientGrows(int sticky)
    {
        var calls = 0;
        var policy = new RetryPolicy(6, Short, backoffCoefficient: 1_000_000, maxRetryInterval: Short * 2);
        await using var run = await Conformance.StartAsync(sticky, tasks => Break(tasks, () => Interlocked.Increment(ref calls), policy));

        // Without the cap the second pause alone would last hours.
        await run.FailureOf("Call");

        Assert.Equal(6, calls);
    }

    [Theory, BothModes]
    public async Task Policy_BackoffCoefficient_GrowsThePauseBeyondTheRetryTimeout(int sticky)
    {
        var calls = 0;
        var policy = new RetryPolicy(6, Short, backoffCoefficient: 1_000_000, retryTimeout: TimeSpan.FromMinutes(10));
        await using var run = await Conformance.StartAsync(sticky, tasks => Break(tasks, () => Interlocked.Increment(ref calls), policy));

        await run.FailureOf("Call");

        Assert.Equal(2, calls);
    }

    [Theory, BothModes]
    public async Task Policy_HandleAsync_DecidesToo(int sticky)
    {
        var calls = 0;
        var policy = new RetryPolicy(6, Short) { HandleAsync = exception => Task.FromResult(!exception.Message.Contains("call 3", StringComparison.Ordinal)) };
        await using var run = await Conformance.StartAsync(sticky, tasks => Break(tasks, () => Interlocked.Increment(ref calls), policy));

        await run.FailureOf("Call");

        Assert.Equal(3, calls);
    }

    [Theory, BothModes]
    public async Task Policy_HandleFailure_SeesTheInnerFailure(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new InvalidOperationException(
                "outer", Interlocked.Increment(ref calls) < 3 ? new TimeoutException() : new FormatException()));
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Break", TaskOptions.FromRetryPolicy(
                new RetryPolicy(10, Short) { HandleFailure = failure => failure.InnerFailure!.IsCausedBy<TimeoutException>() })));
        });

        Assert.Equal("System.FormatException", (await run.FailureOf("Call")).InnerFailure!.InnerFailure!.ErrorType);
        Assert.Equal(3, calls);
    }

    [Theory, BothModes]
    public async Task Policy_SharedByCallsAtOnce_CountsEachForItself(int sticky)
    {
        var calls = new ConcurrentDictionary<string, int>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string, string>("Flaky", (_, name) =>
                calls.AddOrUpdate(name, 1, (_, count) => count + 1) < 3 ? throw new TimeoutException() : name);
            tasks.AddOrchestratorFunc<string>("Call", async context =>
            {
                var options = new TaskOptions(new RetryPolicy(3, Short));
                return string.Concat(await Task.WhenAll(new[] { "a", "b", "c", "d" }.Select(name => context.CallActivityAsync<string>("Flaky", name, options))));
            });
        });

        Assert.Equal("abcd", await run.OutputOf<string>("Call"));
        Assert.All(calls, called => Assert.Equal(3, called.Value));
    }

    [Theory, BothModes]
    public async Task Policy_PausingForHours_LetsTheInstanceBeTerminated(int sticky)
    {
        var called = new TaskCompletionSource();
        await using var run = await Conformance.StartAsync(sticky, tasks => Break(
            tasks, () => called.TrySetResult(), new RetryPolicy(3, TimeSpan.FromHours(5), maxRetryInterval: TimeSpan.FromHours(5))));
        var id = await run.StartAsync("Call");
        await called.Task.WaitAsync(run.Limit);

        await run.Client.TerminateInstanceAsync(id, run.Limit);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await run.EndOf(id)).RuntimeStatus);
    }

    /// <summary>Behaviour: a missing activity is not retried for ever.</summary>
    [Theory, BothModes]
    public async Task Policy_ActivityMissing_FailsAtOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Call", context =>
            context.CallActivityAsync("Nowhere", TaskOptions.FromRetryPolicy(new RetryPolicy(1000, TimeSpan.FromMinutes(1))))));

        Assert.Equal("ActivityTaskNotFound", (await run.FailureOf("Call")).InnerFailure!.ErrorType);
    }

    private static void Break(DurableTaskRegistry tasks, Action called, RetryPolicy policy)
    {
        var number = 0;
        tasks.AddActivityFunc("Break", _ =>
        {
            called();
            throw new TimeoutException($"call {Interlocked.Increment(ref number)}");
        });
        tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Break", TaskOptions.FromRetryPolicy(policy)));
    }
}
