using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite;

public sealed class FailureTests
{
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

    [Theory, BothModes]
    public async Task CallActivity_UnknownName_FailsWithActivityTaskNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc("Call", context =>
                context.CallActivityAsync("Nowhere", TaskOptions.FromRetryPolicy(new RetryPolicy(1000, TimeSpan.FromMinutes(1))))));

        var end = await run.RunAsync("Call");

        Assert.Equal("ActivityTaskNotFound", end.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Contains("Nowhere", end.FailureDetails.InnerFailure.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, BothModes]
    public async Task Start_UnknownName_FailsWithOrchestratorTaskNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, _ => { });

        var end = await run.RunAsync("Nowhere");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("OrchestratorTaskNotFound", end.FailureDetails!.ErrorType);
    }

    [Theory, BothModes]
    public async Task Start_NameInOtherCase_IsTheSameName(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Add", (TaskActivityContext _, int value) => value + 1);
            tasks.AddOrchestratorFunc<int>("Call", context => context.CallActivityAsync<int>("ADD", 1));
        });

        Assert.Equal(2, await run.OutputOf<int>("cALL"));
    }

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
    public async Task CallActivity_NoResult_GivesTheTypesDefault(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Nothing", _ => { });
            tasks.AddOrchestratorFunc<int>("Call", context => context.CallActivityAsync<int>("Nothing"));
        });

        Assert.Equal(0, await run.OutputOf<int>("Call"));
    }

    [Theory, BothModes]
    public async Task CallActivity_ResultOfAnotherShape_FailsTheInstanceClearly(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Text", _ => "text");
            tasks.AddOrchestratorFunc<int>("Call", context => context.CallActivityAsync<int>("Text"));
        });

        Assert.Equal("System.Text.Json.JsonException", (await run.RunAsync("Call")).FailureDetails!.ErrorType);
    }

    [Theory, BothModes]
    public async Task CallActivity_ResultThatCannotBeSerialized_IsTheActivitysFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<Type>("Type", _ => typeof(string));
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Type"));
        });

        Assert.Equal("System.NotSupportedException", (await run.RunAsync("Call")).FailureDetails!.InnerFailure!.ErrorType);
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
    public async Task Text_WithNulCharacter_SurvivesAsData(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string, string>("Echo", (_, text) => text);
            tasks.AddOrchestratorFunc<string, string>("Call", (context, text) => context.CallActivityAsync<string>("Echo", text));
        });

        Assert.Equal("a\0b", await run.OutputOf<string>("Call", "a\0b"));
    }

    [Theory, BothModes]
    public async Task Turn_ThatPostgresRefuses_FailsThisInstanceAlone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc("Poison", context => context.CallActivityAsync("na\0me"));
            tasks.AddOrchestratorFunc("Fine", _ => 1);
        });

        var poisoned = await run.RunAsync("Poison");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, poisoned.RuntimeStatus);
        Assert.Contains("can't be stored", poisoned.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(1, await run.OutputOf<int>("Fine"));
    }

    [Theory, BothModes]
    public async Task ActivityResult_ThatPostgresRefuses_IsTheActivitysFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(
            sticky,
            tasks =>
            {
                tasks.AddActivityFunc("Poison", _ => "a\0b");
                tasks.AddOrchestratorFunc<string>("Call", context => context.CallActivityAsync<string>("Poison"));
            },
            options => options.DataConverter = new PlainTextConverter());

        var end = await run.RunAsync("Call");

        Assert.Contains("can't be stored", end.FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
    }

    /// <summary>Writes text as it is, which lets through what JSON escapes.</summary>
    private sealed class PlainTextConverter : DataConverter
    {
        public override string? Serialize(object? value) => value as string;

        public override object? Deserialize(string? data, Type targetType) => data;
    }
}
