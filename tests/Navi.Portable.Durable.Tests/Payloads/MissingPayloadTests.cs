using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Payloads;

/// <summary>A reference to nothing, as an earlier release can leave it behind: who needs it fails and says so, and nobody else.</summary>
public sealed class MissingPayloadTests
{
    private static readonly string Large = new('x', 100_000);

    private readonly TaskCompletionSource free = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Tasks(DurableTaskRegistry tasks)
    {
        CommonTasks.Register(tasks);
        tasks.AddOrchestratorFunc<string, string>("Hold", async (context, input) =>
        {
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<string>("go");
            return input;
        });
        tasks.AddActivityFunc<string>("Block", async _ =>
        {
            await free.Task;
            return "free";
        });
        tasks.AddActivityFunc<string, string>("Same", (_, input) => input);
        tasks.AddOrchestratorFunc<string>("Both", async context =>
        {
            var block = context.CallActivityAsync<string>("Block");
            var same = context.CallActivityAsync<string>("Same", Large);
            context.SetCustomStatus("waiting");
            try
            {
                return await block + await same;
            }
            catch (TaskFailedException failed)
            {
                return failed.FailureDetails.ErrorMessage;
            }
        });
    }

    [Fact]
    public async Task Turn_NeedsOne_FailsThatInstanceAlone()
    {
        await using var run = await Conformance.StartAsync(0, Tasks);
        var id = await run.StartAsync("Hold", Large);
        await run.StatusOf(id, "waiting");
        await ForgetAsync(run);

        await run.RaiseAsync(id, "go", "on");

        Assert.Equal("well", await run.OutputOf<string>("Echo", "well"));
        var end = await run.Client.WaitForInstanceCompletionAsync(id, run.Limit);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Matches($"The payload sha256:[0-9a-f]{{64}} of the instance '{id}' is missing", end.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task Activity_NeedsOne_FailsThatCall()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks, options => options.MaxConcurrentActivities = 1);
        var id = await run.StartAsync("Both");
        await run.StatusOf(id, "waiting");
        await ForgetAsync(run);

        free.SetResult();

        Assert.Contains($"of the instance '{id}' is missing", await run.OutputOfInstance<string>(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_AsksForOne_HearsWhichIsMissing()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        var id = (await run.RunAsync("Echo", Large)).InstanceId;
        await ForgetAsync(run);

        var thrown = await Assert.ThrowsAsync<PostgresException>(() => run.EndOf(id));

        Assert.Matches($"The payload sha256:[0-9a-f]{{64}} of the instance '{id}' is missing", thrown.MessageText);
    }

    private static async Task ForgetAsync(Conformance run) => Assert.Equal(1, await Sql.ExecuteAsync(run.Database, "DELETE FROM durable.payloads"));
}
