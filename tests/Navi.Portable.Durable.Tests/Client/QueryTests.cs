using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Client;

public sealed class QueryTests : IAsyncLifetime
{
    private Conformance run = null!;

    public async ValueTask InitializeAsync() => run = await Conformance.StartAsync(1000, tasks =>
    {
        tasks.AddOrchestratorFunc<string, string>("Echo", (_, input) => input);
        tasks.AddOrchestratorFunc("Break", _ => throw new InvalidOperationException("broken"));
        tasks.AddOrchestratorFunc<string>("Wait", context => context.WaitForExternalEvent<string>("go"));
    });

    public ValueTask DisposeAsync() => run.DisposeAsync();

    [Fact]
    public async Task GetAll_Pages_HoldEachInstanceOnceAndGoOnByToken()
    {
        for (var number = 0; number < 5; number++) await EndAsync("Echo", $"e{number}");

        var sizes = new List<int>();
        string? token = null;
        await foreach (var page in run.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 2)).AsPages())
        {
            sizes.Add(page.Values.Count);
            token ??= page.ContinuationToken;
        }
        var rest = await IdsAsync(new OrchestrationQuery(ContinuationToken: token));

        Assert.Equal([2, 2, 1], sizes);
        Assert.Equal(["e2", "e3", "e4"], rest);
    }

    [Fact]
    public async Task GetAll_Filters_AreAllHeld()
    {
        await EndAsync("Echo", "a-1");
        await EndAsync("Break", "a-2");
        var middle = (await EndAsync("Echo", "b-1")).CreatedAt;
        await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("b-2"), run.Limit);
        await run.Client.WaitForInstanceStartAsync("b-2", run.Limit);

        Assert.Equal(["a-1", "a-2"], await IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "a-")));
        Assert.Equal(["a-2", "b-2"], await IdsAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running])));
        Assert.Equal(["b-1", "b-2"], await IdsAsync(new OrchestrationQuery(CreatedFrom: middle)));
        Assert.Equal(["a-1", "a-2", "b-1"], await IdsAsync(new OrchestrationQuery(CreatedTo: middle)));
        Assert.Equal(["b-1"], await IdsAsync(new OrchestrationQuery(CreatedFrom: middle, Statuses: [OrchestrationRuntimeStatus.Completed], InstanceIdPrefix: "b")));
    }

    [Fact]
    public async Task GetAll_PrefixWithPatternCharacters_IsTakenLiterally()
    {
        await EndAsync("Echo", "50%_x");
        await EndAsync("Echo", "50 x");

        Assert.Equal(["50%_x"], await IdsAsync(new OrchestrationQuery(InstanceIdPrefix: "50%_")));
    }

    [Fact]
    public async Task GetAll_PayloadsAndTags_ComeAsAskedFor()
    {
        await run.RunAsync("Echo", "hello", new StartOrchestrationOptions("e") { Tags = new Dictionary<string, string> { ["team"] = "a", ["Ünï"] = "\"'" } });

        var with = await FirstAsync(new OrchestrationQuery(FetchInputsAndOutputs: true));
        var without = await FirstAsync(new OrchestrationQuery());

        Assert.Equal(("hello", "hello"), (with.ReadInputAs<string>(), with.ReadOutputAs<string>()));
        Assert.Null(without.SerializedOutput);
        Assert.Equal(new Dictionary<string, string> { ["team"] = "a", ["Ünï"] = "\"'" }, without.Tags);
    }

    [Fact]
    public void GetAll_TaskHubNames_AreRefusedInsteadOfIgnored() =>
        Assert.Throws<NotSupportedException>(() => run.Client.GetAllInstancesAsync(new OrchestrationQuery(TaskHubNames: ["other"])));

    [Fact]
    public async Task ListIds_StatusAndWindow_ChooseAmongEndedOnes()
    {
        await EndAsync("Echo", "a");
        var failed = await EndAsync("Break", "b");
        await EndAsync("Echo", "c");
        await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("d"), run.Limit);

        var all = await run.Client.ListInstanceIdsAsync(cancellation: run.Limit);
        var one = await run.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Failed], cancellation: run.Limit);
        var until = await run.Client.ListInstanceIdsAsync(completedTimeTo: failed.LastUpdatedAt, cancellation: run.Limit);
        var since = await run.Client.ListInstanceIdsAsync(completedTimeFrom: failed.LastUpdatedAt, cancellation: run.Limit);

        Assert.Equal(["a", "b", "c"], all.Values);
        Assert.Null(all.ContinuationToken);
        Assert.Equal(["b"], one.Values);
        Assert.Equal(["a", "b"], until.Values);
        Assert.Equal(["b", "c"], since.Values);
    }

    [Fact]
    public async Task ListIds_Pages_GoOnAfterTheLastKey()
    {
        foreach (var id in new[] { "a", "b", "c", "d" }) await EndAsync("Echo", id);

        var first = await run.Client.ListInstanceIdsAsync(pageSize: 3, cancellation: run.Limit);
        var second = await run.Client.ListInstanceIdsAsync(pageSize: 3, lastInstanceKey: first.ContinuationToken, cancellation: run.Limit);

        Assert.Equal(["a", "b", "c"], first.Values);
        Assert.Equal(["d"], second.Values);
        Assert.Null(second.ContinuationToken);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => run.Client.ListInstanceIdsAsync(pageSize: 0, cancellation: run.Limit));
    }

    [Fact]
    public async Task PurgeInstances_Window_LeavesWhatIsOutsideOrOpen()
    {
        await EndAsync("Echo", "a");
        var edge = await EndAsync("Echo", "b");
        await EndAsync("Break", "c");
        await run.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("d"), run.Limit);
        await run.Client.WaitForInstanceStartAsync("d", run.Limit);

        var completed = await run.Client.PurgeInstancesAsync(edge.CreatedAt, null, [OrchestrationRuntimeStatus.Completed], run.Limit);
        var rest = await run.Client.PurgeInstancesAsync(edge.CreatedAt, null, run.Limit);

        Assert.Equal((1, 1), (completed.PurgedInstanceCount, rest.PurgedInstanceCount));
        Assert.Equal(["a", "d"], await IdsAsync(new OrchestrationQuery()));
    }

    private Task<OrchestrationMetadata> EndAsync(string name, string id) => run.RunAsync(name, "x", new StartOrchestrationOptions(id));

    private async Task<List<string>> IdsAsync(OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var found in run.Client.GetAllInstancesAsync(query)) ids.Add(found.InstanceId);
        return ids;
    }

    private async Task<OrchestrationMetadata> FirstAsync(OrchestrationQuery query)
    {
        await foreach (var found in run.Client.GetAllInstancesAsync(query)) return found;
        throw new InvalidOperationException("Nothing was found.");
    }
}
