using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Tables;

/// <summary>What PostgreSQL does not take as text fails what asked for it, and nothing else.</summary>
public sealed class UnstorableTests
{
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
            new PlainTextConverter());

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
