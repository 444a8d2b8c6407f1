using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Failures;

public sealed class FailureTests
{
    /// <summary>Behaviour: an activity's failure reaches the orchestrator as TaskFailedException with TaskName, TaskId and the full CLR type name.</summary>
    [Theory, BothModes]
    public async Task CallActivity_ThatThrows_ThrowsTaskFailedExceptionWithDetails(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Fine", _ => { });
            tasks.AddActivityFunc("Break", _ => throw new NotSupportedException("not this way", new FormatException("bad text")));
            tasks.AddOrchestratorFunc<string>("Try", async context =>
            {
                await context.CallActivityAsync("Fine");
                try
                {
                    await context.CallActivityAsync("Break");
                    return "passed";
                }
                catch (TaskFailedException failed)
                {
                    var details = failed.FailureDetails;
                    return $"{failed.TaskName} {failed.TaskId} {details.ErrorType} {details.ErrorMessage} {details.InnerFailure!.ErrorType} "
                        + $"{details.IsCausedBy<NotSupportedException>()} {details.IsCausedBy<SystemException>()} {details.IsCausedBy<FormatException>()}";
                }
            });
        });

        Assert.Equal(
            "Break 1 System.NotSupportedException not this way System.FormatException True True False", await run.OutputOf<string>("Try"));
    }

    /// <summary>Behaviour: an orchestration failed by an activity has ErrorType Microsoft.DurableTask.TaskFailedException and the original as InnerFailure.</summary>
    [Theory, BothModes]
    public async Task Orchestration_FailedByActivity_CarriesTheOriginalAsInnerFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Break", _ => throw new ArgumentException("no"));
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Break"));
        });

        var end = await run.RunAsync("Call");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", end.FailureDetails!.ErrorType);
        Assert.Equal("System.ArgumentException", end.FailureDetails.InnerFailure!.ErrorType);
        Assert.Equal("no", end.FailureDetails.InnerFailure.ErrorMessage);
    }

    /// <summary>Behaviour: a missing activity's ErrorType is ActivityTaskNotFound.</summary>
    [Theory, BothModes]
    public async Task CallActivity_UnknownName_FailsWithActivityTaskNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Nowhere")));

        var failure = (await run.FailureOf("Call")).InnerFailure!;

        Assert.Equal("ActivityTaskNotFound", failure.ErrorType);
        Assert.Contains("Nowhere", failure.ErrorMessage, StringComparison.Ordinal);
    }

    /// <summary>Behaviour: a missing orchestrator's ErrorType is OrchestratorTaskNotFound.</summary>
    [Theory, BothModes]
    public async Task Start_UnknownName_FailsWithOrchestratorTaskNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, _ => { });

        Assert.Equal("OrchestratorTaskNotFound", (await run.FailureOf("Nowhere")).ErrorType);
    }

    [Theory, BothModes]
    public async Task CallActivity_Missing_CanBeCaught(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<string>("Call", async context =>
        {
            try
            {
                await context.CallActivityAsync("Nowhere");
                return "found";
            }
            catch (TaskFailedException failed)
            {
                return $"{failed.TaskName} {failed.TaskId} {failed.FailureDetails.ErrorType}";
            }
        }));

        Assert.Equal("Nowhere 0 ActivityTaskNotFound", await run.OutputOf<string>("Call"));
    }

    [Theory, BothModes]
    public async Task Start_InputOfAnotherShape_FailsThisInstanceAlone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<int, int>("Echo", (_, input) => input));

        var bad = await run.RunAsync("Echo", "not a number");

        Assert.Equal("System.Text.Json.JsonException", bad.FailureDetails!.ErrorType);
        Assert.Equal(7, await run.OutputOf<int>("Echo", 7));
    }

    [Theory, BothModes]
    public async Task Orchestrator_Throws_IsItsOwnFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<bool, int>("Throw", async (context, later) =>
            {
                if (later) await context.CallActivityAsync("Step");
                throw new InvalidOperationException("its own", new FormatException("the cause"));
            });
        });

        foreach (var later in new[] { false, true })
        {
            var failure = await run.FailureOf("Throw", later);
            Assert.Equal("System.InvalidOperationException", failure.ErrorType);
            Assert.Equal("its own", failure.ErrorMessage);
            Assert.Equal("System.FormatException", failure.InnerFailure!.ErrorType);
            Assert.Null(failure.InnerFailure.InnerFailure);
        }
    }

    [Theory, BothModes]
    public async Task Orchestrator_ThrowsBeforeAnyAwait_IsItsOwnFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc("Throw", (Action<TaskOrchestrationContext>)(_ => throw new TimeoutException("at once"))));

        var failure = await run.FailureOf("Throw");

        Assert.Equal("System.TimeoutException", failure.ErrorType);
        Assert.Equal("at once", failure.ErrorMessage);
    }

    [Theory, BothModes]
    public async Task Orchestrator_OutputThatCannotBeSerialized_IsItsFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<Type>("Type", _ => typeof(string)));

        Assert.Equal("System.NotSupportedException", (await run.FailureOf("Type")).ErrorType);
    }

    [Theory, BothModes]
    public async Task Orchestrator_FailsWithWorkOpen_EndsAllTheSame(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Throw", context =>
        {
            _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            _ = context.WaitForExternalEvent<string>("never");
            throw new TimeoutException("enough");
        }));

        Assert.Equal("enough", (await run.FailureOf("Throw")).ErrorMessage);
    }

    [Theory, BothModes]
    public async Task Failed_Instance_HasStatusButNoOutput(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<int>("Throw", (TaskOrchestrationContext context, int _) =>
        {
            context.SetCustomStatus("about to fail");
            throw new TimeoutException();
        }));

        var end = await run.RunAsync("Throw", 5);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.True(end.IsCompleted);
        Assert.Equal("about to fail", end.ReadCustomStatusAs<string>());
        Assert.Equal(5, end.ReadInputAs<int>());
        Assert.Equal("System.TimeoutException", (await run.FindAsync(end.InstanceId)).FailureDetails!.ErrorType);
    }
}
