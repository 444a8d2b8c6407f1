using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Determinism;

/// <summary>Behaviour: a replay that diverges fails the orchestration with a message that begins "Non-Deterministic workflow detected"; here it names the step, too.</summary>
public sealed class DeterminismTests
{
    private delegate Task Steps(TaskOrchestrationContext context);

    /// <summary>The code of an instance's first turn, and the code that it is replayed with.</summary>
    private static readonly Dictionary<string, (Steps Before, Steps After)> Divergences = new()
    {
        ["another activity"] = (Activity("First"), Activity("Other")),
        ["a timer for an activity"] = (Activity("First"), Timer),
        ["a sub-orchestration for an activity"] = (Activity("First"), Sub("First")),
        ["an event wait for an activity"] = (Activity("First"), context => context.WaitForExternalEvent<string>("go")),
        ["a sent event for an activity"] = (Activity("First"), Send("First")),
        ["nothing for an activity"] = (Activity("First"), Nothing),
        ["an activity for a timer"] = (Timer, Activity("First")),
        ["nothing for a timer"] = (Timer, Nothing),
        ["another sub-orchestration"] = (Sub("First"), Sub("Other")),
        ["an activity for a sub-orchestration"] = (Sub("First"), Activity("First")),
        ["another sent event"] = (Send("First"), Send("Other")),
        ["nothing for a sent event"] = (Send("First"), Nothing),
        ["another order"] = (Both("First", "Other"), Both("Other", "First")),
        ["one activity less"] = (Both("First", "Other"), Activity("First")),
        ["one activity more"] = (Activity("First"), Both("First", "Other")),
        ["one activity more, before"] = (Activity("First"), Both("Other", "First")),
        ["an activity for nothing"] = (Nothing, Activity("First")),
    };

    /// <summary>Changes that a replay can't tell from what its history has.</summary>
    private static readonly Dictionary<string, (Steps Before, Steps After)> Refactorings = new()
    {
        ["the same"] = (Activity("First"), Activity("First")),
        ["another argument"] = (Activity("First"), context => context.CallActivityAsync("First", 5)),
        ["a name in other case"] = (Activity("First"), Activity("fIRST")),
        ["another time for a timer"] = (Timer, context => context.CreateTimer(TimeSpan.FromSeconds(30), CancellationToken.None)),
        ["more guids"] = (Nothing, context => Task.FromResult(context.NewGuid())),
        ["a wait that nothing depends on"] = (Nothing, context => context.WaitForExternalEvent<string>("new")),
    };

    public static TheoryData<int, string> Failing => Rows(Divergences.Keys);

    public static TheoryData<int, string> Passing => Rows(Refactorings.Keys);

    [Theory, MemberData(nameof(Failing))]
    public async Task Replay_CodeThatDiverges_FailsWithTheStepNamed(int sticky, string change)
    {
        var (before, after) = Divergences[change];

        var end = await ReplacedAsync(sticky, before, after);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.StartsWith("Non-Deterministic workflow detected", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Matches("step [0-9]", end.FailureDetails.ErrorMessage);
        Assert.Contains("'Changing'", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Passing))]
    public async Task Replay_CodeThatAsksForTheSame_GoesOn(int sticky, string change)
    {
        var (before, after) = Refactorings[change];

        var end = await ReplacedAsync(sticky, before, after);

        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{end.FailureDetails}");
    }

    [Theory, BothModes]
    public async Task Replay_CodeEndsEarlier_FailsAsNonDeterministic(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        await run.RedeployAsync(tasks => tasks.AddOrchestratorFunc("Wait", _ => 5));
        await run.RaiseAsync(id, "go", "");

        Assert.StartsWith("Non-Deterministic workflow detected", (await run.EndOf(id)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Replay_CodeChangedAfterItsHistory_RunsTheNewCode(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<string>("Change", async context =>
        {
            context.SetCustomStatus("waiting");
            return "old " + await context.WaitForExternalEvent<string>("go");
        }));
        var id = await run.StartAsync("Change");
        await run.StatusOf(id, "waiting");

        await run.RedeployAsync(tasks => tasks.AddOrchestratorFunc<string>("Change", async context =>
        {
            context.SetCustomStatus("waiting");
            return "new " + await context.WaitForExternalEvent<string>("go");
        }));
        await run.RaiseAsync(id, "go", "code");

        Assert.Equal("new code", await run.OutputOfInstance<string>(id));
    }

    /// <summary>Runs an instance up to a wait with one code, and on from there with another.</summary>
    private static async Task<OrchestrationMetadata> ReplacedAsync(int sticky, Steps before, Steps after)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => Register(tasks, before));
        var id = await run.StartAsync("Changing");
        await run.StatusOf(id, "called");

        await run.RedeployAsync(tasks => Register(tasks, after));
        try
        {
            await run.RaiseAsync(id, "end", "");
        }
        catch (InvalidOperationException)
        {
            // A result that came meanwhile had it replayed, and failed, before.
        }

        return await run.EndOf(id);
    }

    private static void Register(DurableTaskRegistry tasks, Steps steps)
    {
        tasks.AddActivityFunc("First", _ => { });
        tasks.AddActivityFunc("Other", _ => { });
        tasks.AddOrchestratorFunc("First", _ => 1);
        tasks.AddOrchestratorFunc("Changing", async context =>
        {
            // Not awaited: the first turn asks for everything, and the replay compares it all with that.
            _ = steps(context);
            context.SetCustomStatus("called");
            await context.WaitForExternalEvent<string>("end");
        });
    }

    private static TheoryData<int, string> Rows(IEnumerable<string> changes)
    {
        var rows = new TheoryData<int, string>();
        foreach (var change in changes)
        {
            rows.Add(1000, change);
            rows.Add(0, change);
        }
        return rows;
    }

    private static Task Nothing(TaskOrchestrationContext context) => Task.CompletedTask;

    private static Task Timer(TaskOrchestrationContext context) => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);

    private static Steps Activity(string name) => context => context.CallActivityAsync(name);

    private static Steps Both(string first, string second) => context => Task.WhenAll(context.CallActivityAsync(first), context.CallActivityAsync(second));

    private static Steps Sub(string name) => context => context.CallSubOrchestratorAsync(name);

    private static Steps Send(string name) => context =>
    {
        context.SendEvent(context.InstanceId, name, "");
        return Task.CompletedTask;
    };
}
