using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>Which failures a rewinding takes back: those that the orchestrator has not dealt with.</summary>
public sealed class RewindChoiceTests
{
    private readonly FlakyWorld world = new();

    private void Tasks(DurableTaskRegistry tasks)
    {
        world.AddTo(tasks);
        tasks.AddOrchestratorFunc<string>("Handled", async context =>
        {
            string first;
            try
            {
                first = await Do(context, "a");
            }
            catch (TaskFailedException)
            {
                first = await Do(context, "instead");
            }
            return $"{first}, {await Do(context, "b")}";
        });
        // One branch fails at once, the other one goes on for some steps.
        tasks.AddOrchestratorFunc<string[]>("Branches", context => Task.WhenAll(Do(context, "a"), LongAsync(context)));
        // The same step asks for one thing when a fails first, and for another one when b is done first.
        tasks.AddOrchestratorFunc<string>("Race", async context =>
        {
            var (a, b) = (Do(context, "a"), Do(context, "b"));
            context.SetCustomStatus("racing");
            var first = await Task.WhenAny(a, b) == a ? "a" : "b";
            var after = await Do(context, $"after {first}");
            return a.IsFaulted ? throw new InvalidOperationException(after) : $"{await a}, {await b}, {after}";
        });
    }

    [Theory, BothModes]
    public async Task Rewind_FailureThatWasDealtWith_Stands(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Handled", "a", "b");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        Assert.Equal("did instead, did b", (await run.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(["a", "instead", "b", "b"], world.Calls);
    }

    [Theory, BothModes]
    public async Task Rewind_BranchThatWentOn_KeepsItsResults(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Branches", "a");

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        Assert.Equal(["did a", "did x did y did z"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
        Assert.Equal((2, 1, 1, 1), (world.CallsOf("a"), world.CallsOf("x"), world.CallsOf("y"), world.CallsOf("z")));
    }

    [Theory, BothModes]
    public async Task Rewind_StepWouldAskForSomethingElse_NeverGetsTheOthersResult(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        world.Break("a");
        var (a, b) = (world.Hold("a"), world.Hold("b"));
        var id = await run.Client.ScheduleNewOrchestrationInstanceAsync("Race", run.Limit);
        await run.StatusOf(id, "racing");
        // Both outcomes come in one turn, that of a first.
        await run.Client.SuspendInstanceAsync(id, "so that both wait", run.Limit);
        await run.Until(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        a.SetResult();
        await WaitingAsync(run, 1);
        b.SetResult();
        await WaitingAsync(run, 2);
        await run.Client.ResumeInstanceAsync(id, "both wait", run.Limit);
        Assert.Equal("did after a", (await run.EndOf(id)).FailureDetails!.ErrorMessage);
        world.Mend();

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        // Without its failure b would have been first, and "after b" would have got what was done after a: so the failure stands.
        Assert.Equal("did after a", (await run.EndOf(id)).FailureDetails!.ErrorMessage);
        Assert.Equal(["a", "after a", "b"], world.Calls.Order(StringComparer.Ordinal));
    }

    [Theory, BothModes]
    public async Task Rewind_CodeThatGoesAnotherWay_FailsAndNamesTheStep(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await FailAsync(run, "Handled", "b");
        await run.StopWorkerAsync();
        await using var other = await DurableHost.StartAsync(
            run.Database, tasks => tasks.AddOrchestratorFunc<string>("Handled", context => context.CallActivityAsync<string>("Else", "a")), options => options.StickyInstances = sticky);

        await run.Client.RewindInstanceAsync(id, "mended", run.Limit);

        var end = await run.EndOf(id);
        Assert.StartsWith("Non-Deterministic workflow detected", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("step 0", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    private static Task<string> Do(TaskOrchestrationContext context, string input) => context.CallActivityAsync<string>("Do", input);

    private static Task WaitingAsync(Conformance run, long outcomes) =>
        Eventually.TrueAsync(async () => await Sql.ScalarAsync<long>(run.Database, "SELECT count(*) FROM durable.inbox WHERE kind IN (2, 3)") == outcomes, run.Limit);

    private static async Task<string> LongAsync(TaskOrchestrationContext context)
    {
        var (x, y) = (await Do(context, "x"), await Do(context, "y"));
        return $"{x} {y} {await Do(context, "z")}";
    }

    private async Task<string> FailAsync(Conformance run, string name, params string[] broken)
    {
        world.Break(broken);
        var end = await run.RunAsync(name);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        world.Mend();
        return end.InstanceId;
    }
}
