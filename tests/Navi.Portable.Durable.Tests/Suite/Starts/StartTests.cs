using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Starts;

public sealed class StartTests
{
    [Theory, BothModes]
    public async Task Start_WithoutId_GivesAnotherIdEachTime(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<string>("Who", context => context.InstanceId));

        string[] ids = [await run.StartAsync("Who"), await run.StartAsync("Who"), await run.StartAsync("Who")];

        Assert.Equal(3, ids.Distinct().Count());
        foreach (var id in ids) Assert.Equal(id, await run.OutputOfInstance<string>(id));
    }

    [Theory, BothModes("with a space", "übergröße-✓-日本", "a/b?c=d&e#f", "it's \"quoted\"; --", "%2e%2e/..", "@me@")]
    public async Task Start_WithId_IsKnownByExactlyThatText(int sticky, string id)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<string>("Who", async context =>
            $"{context.InstanceId} {await context.WaitForExternalEvent<string>("go")}"));

        Assert.Equal(id, await run.StartAsync("Who", null, id));
        await run.RaiseAsync(id, "go", "heard");

        Assert.Equal($"{id} heard", await run.OutputOfInstance<string>(id));
        Assert.Equal(id, (await run.FindAsync(id)).InstanceId);
    }

    [Theory, BothModes]
    public async Task Start_IdsThatDifferInCase_AreTwoInstances(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        await run.StartAsync("Echo", "lower", "case");
        await run.StartAsync("Echo", "upper", "CASE");

        Assert.Equal("lower", await run.OutputOfInstance<string>("case"));
        Assert.Equal("upper", await run.OutputOfInstance<string>("CASE"));
    }

    /// <summary>Behaviour: task names are compared without regard to case.</summary>
    [Theory, BothModes]
    public async Task Start_NameInOtherCase_IsTheSameName(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Add", (TaskActivityContext _, int value) => value + 1);
            tasks.AddOrchestratorFunc<int, int>("Below", (context, value) => context.CallActivityAsync<int>("ADD", value));
            tasks.AddOrchestratorFunc<int>("Call", context => context.CallSubOrchestratorAsync<int>("bElOw", 1));
        });

        Assert.Equal(2, await run.OutputOf<int>("cALL"));
    }

    [Theory, BothModes]
    public async Task Start_Metadata_SaysWhatWasStarted(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string, string>("Named", (context, _) => $"{context.Name} {context.Parent is null}"));

        var end = await run.RunAsync("Named", "in");

        Assert.Equal("Named", end.Name);
        Assert.Equal("Named True", end.ReadOutputAs<string>());
        Assert.Equal("in", end.ReadInputAs<string>());
        Assert.True(end.IsCompleted);
        Assert.False(end.IsRunning);
        Assert.True(end.CreatedAt <= end.LastUpdatedAt);
    }

    [Theory, BothModes]
    public async Task Start_ClassesFromTheRegistry_RunByTheirNames(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestrator<Greeting>();
            tasks.AddActivity<Salutation>();
        });

        Assert.Equal("Hello, you!", await run.OutputOf<string>("Greeting", "you"));
    }

    [Theory, BothModes]
    public async Task Start_ManyClientsWithOneId_OneStartsIt(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var options = new StartOrchestrationOptions("wanted").WithDedupeStatuses([.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]);

        var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            try
            {
                await run.Client.ScheduleNewOrchestrationInstanceAsync("Echo", $"{number}", options, run.Limit);
                return $"{number}";
            }
            catch (global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException)
            {
                return null;
            }
        }));

        Assert.Equal(Assert.Single(started, winner => winner is not null), await run.OutputOfInstance<string>("wanted"));
    }

    [DurableTask("Greeting")]
    private sealed class Greeting : TaskOrchestrator<string, string>
    {
        public override async Task<string> RunAsync(TaskOrchestrationContext context, string input) =>
            $"{await context.CallActivityAsync<string>(nameof(Salutation), input)}!";
    }

    private sealed class Salutation : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult($"Hello, {input}");
    }
}
