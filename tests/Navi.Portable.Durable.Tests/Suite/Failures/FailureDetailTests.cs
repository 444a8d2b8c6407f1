using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Failures;

public sealed class FailureDetailTests
{
    [Theory, BothModes]
    public async Task Details_OfAChainOfCauses_NameEachOfThem(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => Call(tasks, () =>
            new InvalidOperationException("top", new ArgumentException("middle", new FormatException("bottom")))));

        var failure = (await run.FailureOf("Call")).InnerFailure!;

        Assert.Equal("top", failure.ErrorMessage);
        Assert.Equal("System.ArgumentException", failure.InnerFailure!.ErrorType);
        Assert.Equal("System.FormatException", failure.InnerFailure.InnerFailure!.ErrorType);
        Assert.Equal("bottom", failure.InnerFailure.InnerFailure.ErrorMessage);
    }

    [Theory, BothModes]
    public async Task Details_OfAnOwnException_HaveItsFullNameAndItsBases(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => Call(tasks, () => new OutOfStockException("none left")));

        var failure = (await run.FailureOf("Call")).InnerFailure!;

        Assert.Equal(typeof(OutOfStockException).FullName, failure.ErrorType);
        Assert.True(failure.IsCausedBy<OutOfStockException>());
        Assert.True(failure.IsCausedBy<InvalidOperationException>());
        Assert.False(failure.IsCausedBy<ArgumentException>());
    }

    /// <summary>Behaviour: FailureDetails.IsCausedBy works for framework types.</summary>
    [Theory, BothModes]
    public async Task IsCausedBy_FrameworkTypes_FollowsTheirInheritance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => Call(tasks, () => new FileNotFoundException("gone")));

        var failure = (await run.FailureOf("Call")).InnerFailure!;

        Assert.True(failure.IsCausedBy<FileNotFoundException>());
        Assert.True(failure.IsCausedBy<IOException>());
        Assert.True(failure.IsCausedBy<Exception>());
        Assert.False(failure.IsCausedBy<DirectoryNotFoundException>());
    }

    [Theory, BothModes]
    public async Task Details_OfTheFailure_SayWhereItHappened(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => Call(tasks, Throw));

        Assert.Contains(nameof(Throw), (await run.FailureOf("Call")).InnerFailure!.StackTrace, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Details_LongMessageOfAnyText_IsKept(int sticky)
    {
        var message = string.Concat(Enumerable.Repeat("größer ✓ 日本 👍 \"quoted\"\n", 5000));
        await using var run = await Conformance.StartAsync(sticky, tasks => Call(tasks, () => new InvalidOperationException(message)));

        Assert.Equal(message, (await run.FailureOf("Call")).InnerFailure!.ErrorMessage);
    }

    [Theory, BothModes]
    public async Task Details_OfACancelledActivity_AreAFailureToo(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => Call(tasks, () => new OperationCanceledException("gave up")));

        var failure = await run.FailureOf("Call");

        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.ErrorType);
        Assert.Equal("System.OperationCanceledException", failure.InnerFailure!.ErrorType);
    }

    [Theory, BothModes]
    public async Task Details_SynchronousOrAsynchronousThrow_AreTheSame(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Sync", (Action<TaskActivityContext>)(_ => throw new FormatException("thrown")));
            tasks.AddActivityFunc("Async", async _ =>
            {
                await Task.Yield();
                throw new FormatException("thrown");
            });
            tasks.AddOrchestratorFunc<string, int>("Call", async (context, name) =>
            {
                await context.CallActivityAsync(name);
                return 0;
            });
        });

        foreach (var name in new[] { "Sync", "Async" })
        {
            var failure = (await run.FailureOf("Call", name)).InnerFailure!;
            Assert.Equal("System.FormatException thrown", $"{failure.ErrorType} {failure.ErrorMessage}");
        }
    }

    private static InvalidOperationException Throw() => throw new InvalidOperationException("here");

    private static void Call(DurableTaskRegistry tasks, Func<Exception> failure)
    {
        tasks.AddActivityFunc("Break", (Action<TaskActivityContext>)(_ => throw failure()));
        tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Break"));
    }

    private sealed class OutOfStockException(string message) : InvalidOperationException(message);
}
