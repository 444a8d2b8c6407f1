using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>What a wait answers from memory is what a look would find.</summary>
public sealed class WaitTests
{
    private static void Tasks(DurableTaskRegistry tasks)
    {
        CommonTasks.Register(tasks);
        tasks.AddActivityFunc<string, string>("Fail", (_, input) => input.Length == 0 ? input : throw new InvalidOperationException("broken"));
        tasks.AddOrchestratorFunc<string>("Fails", context => context.CallActivityAsync<string>("Fail", "x"));
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("Break")]
    [InlineData("Fails")]
    public async Task Wait_EndsHere_AnswersAsALookDoes(string name)
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        for (var n = 0; n < 20; n++)
        {
            var options = new StartOrchestrationOptions { Tags = new Dictionary<string, string> { ["n"] = $"{n}" } };
            var id = await run.Client.ScheduleNewOrchestrationInstanceAsync(name, "x", options, run.Limit);

            var told = await run.Client.WaitForInstanceCompletionAsync(id, run.Limit);

            var found = await run.FindAsync(id);
            Assert.Equal((found.Name, found.InstanceId, found.RuntimeStatus, found.CreatedAt, found.LastUpdatedAt), (told.Name, told.InstanceId, told.RuntimeStatus, told.CreatedAt, told.LastUpdatedAt));
            Assert.Equal(found.Tags, told.Tags);
            Assert.Equal($"{found.FailureDetails}", $"{told.FailureDetails}");
            Assert.Equal((found.SerializedInput, found.SerializedOutput), (told.SerializedInput, told.SerializedOutput));
        }
    }

    [Fact]
    public async Task Wait_RestartedAgainAndAgain_IsAlwaysAboutTheLatest()
    {
        await using var run = await Conformance.StartAsync(1000, Tasks);
        var id = (await run.RunAsync("Fails")).InstanceId;
        var last = (await run.FindAsync(id)).CreatedAt;
        for (var n = 0; n < 50; n++)
        {
            // As soon as its end can be seen, which may be before this process has told it.
            await run.Until(id, found => found.IsCompleted);
            await run.Client.RestartAsync(id, false, run.Limit);

            var told = await run.Client.WaitForInstanceCompletionAsync(id, run.Limit);

            Assert.True(told.CreatedAt > last);
            last = told.CreatedAt;
        }
    }
}
