using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Events;

/// <summary>Behaviour: event names are case-insensitive; an event raised before the wait is kept, first in first out per name.</summary>
public sealed class ExternalEventTests
{
    [Theory, BothModes]
    public async Task Wait_EventNameInOtherCase_IsTheSameName(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", context => context.WaitForExternalEvent<string>("Approval")));
        var id = await run.StartAsync("Wait");

        await run.RaiseAsync(id, "aPPROVAL", "yes");

        Assert.Equal("yes", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Wait_EventsRaisedBefore_AreTakenFirstInFirstOutPerName(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string[]>("Collect", async context =>
            {
                await context.WaitForExternalEvent<string>("begin");
                var found = new List<string>();
                foreach (var name in new[] { "a", "b", "a", "b", "a" }) found.Add(await context.WaitForExternalEvent<string>(name));
                return [.. found];
            }));
        var id = await run.StartAsync("Collect");

        foreach (var (name, data) in new[] { ("b", "b1"), ("a", "a1"), ("a", "a2"), ("b", "b2"), ("a", "a3"), ("begin", "") })
            await run.RaiseAsync(id, name, data);

        Assert.Equal(["a1", "b1", "a2", "b2", "a3"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task Wait_SeveralForOneName_AreServedInTheirOrder(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string[]>("Collect", context =>
                Task.WhenAll(context.WaitForExternalEvent<string>("n"), context.WaitForExternalEvent<string>("n"), context.WaitForExternalEvent<string>("N"))));
        var id = await run.StartAsync("Collect");

        foreach (var data in new[] { "1", "2", "3" }) await run.RaiseAsync(id, "n", data);

        Assert.Equal(["1", "2", "3"], (await run.EndOf(id)).ReadOutputAs<string[]>()!);
    }

    [Theory, BothModes]
    public async Task Wait_EventOfAnotherShape_FailsTheInstanceClearly(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int>("Wait", context => context.WaitForExternalEvent<int>("go")));
        var id = await run.StartAsync("Wait");

        await run.RaiseAsync(id, "go", "not a number");

        Assert.Equal("System.Text.Json.JsonException", (await run.EndOf(id)).FailureDetails!.ErrorType);
    }

    [Theory, BothModes]
    public async Task Wait_OneNameInSeveralCases_IsOneQueue(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Collect", async context =>
            {
                await context.WaitForExternalEvent<string>("begin");
                return $"{await context.WaitForExternalEvent<string>("NAME")}{await context.WaitForExternalEvent<string>("name")}{await context.WaitForExternalEvent<string>("Name")}";
            }));
        var id = await run.StartAsync("Collect");

        foreach (var (name, data) in new[] { ("nAME", "1"), ("NAME", "2"), ("name", "3"), ("BEGIN", "") }) await run.RaiseAsync(id, name, data);

        Assert.Equal("123", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Wait_EventNobodyWaitsFor_DoesNotHoldUpTheEnd(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        foreach (var name in new[] { "other", "another", "go" }) await run.RaiseAsync(id, name, name);

        Assert.Equal("go", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes("with a space", "a.b:c/d", "ereignis-ü-✓", "$SYSTEM")]
    public async Task Wait_NameOfAnyText_IsHeard(int sticky, string name)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", context => context.WaitForExternalEvent<string>(name)));
        var id = await run.StartAsync("Wait");

        await run.RaiseAsync(id, name, "heard");

        Assert.Equal("heard", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Wait_EventWithoutData_GivesTheTypesDefault(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Wait", async context =>
                $"{await context.WaitForExternalEvent<string?>("text") ?? "null"} {await context.WaitForExternalEvent<int>("number")} {await context.WaitForExternalEvent<object?>("any") is null}"));
        var id = await run.StartAsync("Wait");

        foreach (var name in new[] { "text", "number", "any" }) await run.RaiseAsync(id, name);

        Assert.Equal("null 0 True", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Wait_ManyEvents_KeepTheirOrder(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<int[]>("Collect", async context =>
            {
                var found = new int[200];
                for (var n = 0; n < found.Length; n++) found[n] = await context.WaitForExternalEvent<int>("n");
                return found;
            }));
        var id = await run.StartAsync("Collect");

        for (var n = 0; n < 200; n++) await run.RaiseAsync(id, "n", n);

        Assert.Equal(Enumerable.Range(0, 200), (await run.OutputOfInstance<int[]>(id))!);
    }

    [Theory, BothModes]
    public async Task Wait_TwoNamesRaced_TheOtherGoesOnWaiting(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Race", async context =>
            {
                var yes = context.WaitForExternalEvent<string>("yes");
                var no = context.WaitForExternalEvent<string>("no");
                var first = await await Task.WhenAny(yes, no);
                context.SetCustomStatus("one");
                return $"{first} {await yes}";
            }));
        var id = await run.StartAsync("Race");

        await run.RaiseAsync(id, "no", "first");
        await run.StatusOf(id, "one");
        await run.RaiseAsync(id, "yes", "second");

        Assert.Equal("first second", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Wait_EventWhileAnActivityRuns_IsKept(int sticky)
    {
        var gate = new TaskCompletionSource();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string>("Slow", async _ =>
            {
                await gate.Task;
                return "slow";
            });
            tasks.AddOrchestratorFunc<string>("Work", async context =>
            {
                var other = context.WaitForExternalEvent<string>("seen");
                var slow = context.CallActivityAsync<string>("Slow");
                context.SetCustomStatus(await other);
                return $"{await slow} {await context.WaitForExternalEvent<string>("kept")}";
            });
        });
        var id = await run.StartAsync("Work");

        await run.RaiseAsync(id, "kept", "kept");
        await run.RaiseAsync(id, "seen", "seen");
        await run.StatusOf(id, "seen");
        gate.SetResult();

        Assert.Equal("slow kept", await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Raise_ToOneOfTwo_IsNotHeardByTheOther(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var first = await run.WaitingAsync();
        var second = await run.WaitingAsync();

        await run.RaiseAsync(second, "go", "for the second");

        Assert.Equal("for the second", await run.OutputOfInstance<string>(second));
        Assert.True((await run.FindAsync(first)).IsRunning);
    }
}
