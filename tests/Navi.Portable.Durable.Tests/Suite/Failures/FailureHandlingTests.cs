using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Failures;

public sealed class FailureHandlingTests
{
    /// <summary>Behaviour: WhenAll with one failed activity lets the others complete; their statuses can be read.</summary>
    [Theory, BothModes]
    public async Task WhenAll_OneFails_TheOthersCompleteAndCanBeRead(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Work", (_, number) => number == 1 ? throw new InvalidOperationException("one") : number);
            tasks.AddOrchestratorFunc<string>("FanOut", async context =>
            {
                Task<int>[] work = [.. Enumerable.Range(0, 4).Select(number => context.CallActivityAsync<int>("Work", number))];
                try
                {
                    await Task.WhenAll(work);
                }
                catch (TaskFailedException)
                {
                    return string.Join(' ', work.Select(task => task.Status));
                }
                return "none failed";
            });
        });

        Assert.Equal("RanToCompletion Faulted RanToCompletion RanToCompletion", await run.OutputOf<string>("FanOut"));
    }

    [Theory, BothModes]
    public async Task WhenAll_SeveralFail_EachFailureCanBeRead(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Work", (_, number) => number % 2 == 1 ? throw new InvalidOperationException($"no {number}") : number);
            tasks.AddOrchestratorFunc<string>("FanOut", async context =>
            {
                Task<int>[] work = [.. Enumerable.Range(0, 5).Select(number => context.CallActivityAsync<int>("Work", number))];
                var all = Task.WhenAll(work);
                try
                {
                    await all;
                }
                catch (TaskFailedException)
                {
                    var failures = all.Exception!.InnerExceptions.Cast<TaskFailedException>();
                    return string.Join(", ", failures.OrderBy(failed => failed.TaskId).Select(failed => $"{failed.TaskId} {failed.FailureDetails.ErrorMessage}"));
                }
                return "none failed";
            });
        });

        Assert.Equal("1 no 1, 3 no 3", await run.OutputOf<string>("FanOut"));
    }

    [Theory, BothModes]
    public async Task Catch_ThenCompensate_RunsTheStepsBackwards(int sticky)
    {
        var log = new ConcurrentQueue<string>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Do", (_, step) =>
            {
                if (step == "pay") throw new InvalidOperationException("declined");
                log.Enqueue($"do {step}");
            });
            tasks.AddActivityFunc<string>("Undo", (_, step) => log.Enqueue($"undo {step}"));
            tasks.AddOrchestratorFunc<string>("Saga", async context =>
            {
                var done = new Stack<string>();
                try
                {
                    foreach (var step in new[] { "reserve", "pack", "pay" })
                    {
                        await context.CallActivityAsync("Do", step);
                        done.Push(step);
                    }
                    return "sold";
                }
                catch (TaskFailedException failed)
                {
                    while (done.TryPop(out var step)) await context.CallActivityAsync("Undo", step);
                    return failed.FailureDetails.ErrorMessage;
                }
            });
        });

        Assert.Equal("declined", await run.OutputOf<string>("Saga"));
        Assert.Equal(["do reserve", "do pack", "undo pack", "undo reserve"], log);
    }

    [Theory, BothModes]
    public async Task Finally_WithAStep_RunsBeforeTheFailureIsReported(int sticky)
    {
        var log = new ConcurrentQueue<string>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException("broken"));
            tasks.AddActivityFunc("Tidy", _ => log.Enqueue("tidied"));
            tasks.AddOrchestratorFunc("Work", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Break");
                }
                finally
                {
                    await context.CallActivityAsync("Tidy");
                }
            });
        });

        Assert.Equal("broken", (await run.FailureOf("Work")).InnerFailure!.ErrorMessage);
        Assert.Equal(["tidied"], log);
    }

    [Theory, BothModes]
    public async Task Catch_ThenThrowAnother_ReportsThatWithTheCause(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException("broken"));
            tasks.AddOrchestratorFunc("Work", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Break");
                }
                catch (TaskFailedException failed)
                {
                    throw new NotSupportedException("no way around", failed);
                }
            });
        });

        var failure = await run.FailureOf("Work");

        Assert.Equal("System.NotSupportedException", failure.ErrorType);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.InnerFailure!.ErrorType);
        Assert.Equal("System.TimeoutException", failure.InnerFailure.InnerFailure!.ErrorType);
    }

    [Theory, BothModes]
    public async Task FailedTask_NeverAwaited_DoesNotFailTheInstance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new TimeoutException());
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<string>("Work", async context =>
            {
                var broken = context.CallActivityAsync("Break");
                await Task.WhenAny(broken);
                await context.CallActivityAsync("Step");
                return $"{broken.Status}";
            });
        });

        Assert.Equal("Faulted", await run.OutputOf<string>("Work"));
    }
}
