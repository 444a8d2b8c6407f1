using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Retries;

public sealed class RetryHandlerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);

    /// <summary>Behaviour: LastAttemptNumber in a handler starts at 1.</summary>
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
    public async Task Handler_Context_IsThatOfTheCall(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException($"call {Interlocked.Increment(ref calls)}"));
            tasks.AddOrchestratorFunc<string>("Call", async context =>
            {
                var seen = new List<string>();
                try
                {
                    await context.CallActivityAsync("Break", TaskOptions.FromRetryHandler(retry =>
                    {
                        seen.Add($"{retry.LastFailure.ErrorMessage} {retry.OrchestrationContext.InstanceId == context.InstanceId} {retry.TotalRetryTime >= TimeSpan.Zero}");
                        return seen.Count < 2;
                    }));
                }
                catch (TaskFailedException)
                {
                }
                return string.Join(", ", seen);
            });
        });

        Assert.Equal("call 1 True True, call 2 True True", await run.OutputOf<string>("Call"));
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
    public async Task Handler_ThatAsksAnActivity_HeedsItsAnswer(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException($"call {Interlocked.Increment(ref calls)}"));
            tasks.AddActivityFunc<int, bool>("Decide", (_, attempt) => attempt < 4);
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Break", TaskOptions.FromRetryHandler(
                retry => retry.OrchestrationContext.CallActivityAsync<bool>("Decide", retry.LastAttemptNumber))));
        });

        Assert.Equal("call 4", (await run.FailureOf("Call")).InnerFailure!.ErrorMessage);
    }

    [Theory, BothModes]
    public async Task Handler_ThatSaysNo_LeavesOneCall(int sticky)
    {
        var calls = 0;
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException($"call {Interlocked.Increment(ref calls)}"));
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Break", TaskOptions.FromRetryHandler(_ => false)));
        });

        Assert.Equal("call 1", (await run.FailureOf("Call")).InnerFailure!.ErrorMessage);
        Assert.Equal(1, calls);
    }

    [Theory, BothModes]
    public async Task Handler_ThatThrows_FailsTheOrchestrator(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException());
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync(
                "Break", TaskOptions.FromRetryHandler((RetryHandler)(_ => throw new NotSupportedException("no handling")))));
        });

        var failure = await run.FailureOf("Call");

        Assert.Equal("System.NotSupportedException", failure.ErrorType);
        Assert.Equal("no handling", failure.ErrorMessage);
    }
}
