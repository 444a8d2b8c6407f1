using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Payloads;

/// <summary>Large payloads reach everybody that small ones do, and lie in one place meanwhile.</summary>
public sealed class LargePayloadTests
{
    private const string All = "SELECT count(*) FROM durable.payloads";

    // More than the rows take; in two bytes each, so that characters and bytes differ.
    private static readonly string Large = new('ü', 200_000);

    private static void Tasks(DurableTaskRegistry tasks)
    {
        CommonTasks.Register(tasks);
        tasks.AddActivityFunc<string, string>("Same", (_, input) => input);
        tasks.AddOrchestratorFunc<string, string>("Chain", async (context, input) =>
        {
            for (var n = 0; n < 3; n++) input = await context.CallActivityAsync<string>("Same", input);
            return input;
        });
        tasks.AddOrchestratorFunc<string, string>("Below", (context, input) =>
            context.CallSubOrchestratorAsync<string>("Echo", input, new SubOrchestrationOptions(instanceId: context.InstanceId + "-sub")));
        tasks.AddOrchestratorFunc<string, string>("Tell", async (context, input) =>
        {
            context.SendEvent("ear", "go", input);
            return await context.CallActivityAsync<string>("Same", "told");
        });
        tasks.AddOrchestratorFunc<string, string>("Generations", async (context, input) =>
        {
            context.SetCustomStatus("waiting");
            var next = await context.WaitForExternalEvent<string>("next");
            if (next == "end") return input;
            context.ContinueAsNew(next);
            return string.Empty;
        });
    }

    [Theory, BothModes]
    public async Task Chain_SameLargePayloadThroughout_IsStoredOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);

        var end = await run.RunAsync("Chain", Large);

        Assert.Equal((Large, Large), (end.ReadInputAs<string>(), end.ReadOutputAs<string>()));
        Assert.Equal(1L, await Sql.ScalarAsync<long>(run.Database, All));
        Assert.InRange(
            await Sql.ScalarAsync<int>(run.Database, "SELECT max(greatest(length(i.input), length(i.output), length(h.payload))) FROM durable.instances i, durable.history h"), 1, 100);
    }

    [Theory, BothModes]
    public async Task Event_Large_IsHeard(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.WaitingAsync();

        await run.RaiseAsync(id, "go", Large);

        Assert.Equal(Large, await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Event_LargeAndHeldWhileSuspended_IsHeardAfterwards(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.WaitingAsync();
        await run.SuspendAsync(id);
        await run.RaiseAsync(id, "go", Large);

        await run.ResumeAsync(id);

        Assert.Equal(Large, await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes]
    public async Task Event_LargeFromAnOrchestrator_IsTheReceiversOwn(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        await run.WaitingAsync("ear");
        var teller = await run.RunAsync("Tell", Large);

        await run.EndOf("ear");
        await run.Client.PurgeInstanceAsync(teller.InstanceId, run.Limit);

        Assert.Equal(Large, (await run.EndOf("ear")).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task SubOrchestration_LargeInputAndOutput_AreEachInstancesOwn(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.StartAsync("Below", Large);
        await run.EndOf(id);

        await run.Client.PurgeInstanceAsync(id + "-sub", run.Limit);

        Assert.Equal(Large, await run.OutputOfInstance<string>(id));
        Assert.Contains(await run.History.ReadAsync(id, run.Limit), entry => entry.Payload?.Length > Large.Length);
    }

    [Theory, BothModes]
    public async Task Purge_LargePayloads_GoWithTheInstance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = (await run.RunAsync("Chain", Large)).InstanceId;

        await run.Client.PurgeInstanceAsync(id, run.Limit);

        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, All));
    }

    [Theory, BothModes]
    public async Task ContinueAsNew_WhatNobodyRefersToAnyMore_IsForgotten(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.StartAsync("Generations", Large + "0");
        for (var generation = 1; generation <= 3; generation++)
        {
            await run.Until(id, found => found.SerializedInput!.EndsWith($"{generation - 1}\"", StringComparison.Ordinal) && found.SerializedCustomStatus is not null);
            await Sql.ExecuteAsync(run.Database, "UPDATE durable.payloads SET stored_at = now() - interval '1 hour'");
            await run.RaiseAsync(id, "next", Large + generation);
        }
        await run.RaiseAsync(id, "next", "end");

        Assert.Equal(Large + "3", await run.OutputOfInstance<string>(id));
        // The last one, and the one before it, which was in use when the last began.
        Assert.InRange(await Sql.ScalarAsync<long>(run.Database, All), 1, 2);
    }

    [Fact]
    public async Task Restart_UnderANewId_HasTheInputOfItsOwn()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        var id = (await run.RunAsync("Chain", Large)).InstanceId;

        var second = await run.Client.RestartAsync(id, true, run.Limit);
        await run.Client.PurgeInstanceAsync(id, run.Limit);
        await run.EndOf(second);
        var third = await run.Client.RestartAsync(second, false, run.Limit);

        Assert.Equal((second, Large), (third, (await run.EndOf(third)).ReadInputAs<string>()));
        Assert.Equal(Large, await run.OutputOfInstance<string>(third));
    }

    [Fact]
    public async Task Start_OfAnIdThatIsTaken_PutsNothingAway()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        var id = await run.WaitingAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => run.StartAsync("Echo", Large, id));

        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, All));
    }

    [Fact]
    public async Task List_WithPayloads_HasTheLargeOnes()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        await run.RunAsync("Echo", Large);

        var found = await run.Client.GetAllInstancesAsync(new OrchestrationQuery { FetchInputsAndOutputs = true }).SingleAsync(run.Limit);

        Assert.Equal((Large, Large), (found.ReadInputAs<string>(), found.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task Sweep_PayloadsOfNobody_Go()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        await run.RunAsync("Echo", Large);
        await Sql.ExecuteAsync(
            run.Database,
            "SELECT durable.keep('nobody', repeat('x', 40000)); SELECT durable.keep('nobody-yet', repeat('x', 40000)); UPDATE durable.payloads SET stored_at = now() - interval '1 hour' WHERE instance_id <> 'nobody-yet'");

        await run.Workers.SweepAsync(run.Limit);

        Assert.Equal(0L, await Sql.ScalarAsync<long>(run.Database, All + " WHERE instance_id = 'nobody'"));
        Assert.Equal(2L, await Sql.ScalarAsync<long>(run.Database, All));
    }
}
