using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Lifecycle;

public sealed class QueryTests
{
    /// <summary>Behaviour: GetInstanceAsync of an unknown id is null.</summary>
    [Theory, BothModes]
    public async Task Get_UnknownId_IsNull(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        Assert.Null(await run.Client.GetInstanceAsync("nobody", run.Limit));
        Assert.Null(await run.Client.GetInstanceAsync("nobody", true, run.Limit));
    }

    [Theory, BothModes]
    public async Task Get_WithAndWithoutPayloads_SaysWhatWasAsked(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var end = await run.RunAsync("Echo", "hello");

        var bare = await run.FindAsync(end.InstanceId);

        Assert.Equal("\"hello\"", end.SerializedInput);
        Assert.Equal("hello", end.ReadOutputAs<string>());
        Assert.Null(bare.SerializedOutput);
        Assert.Throws<InvalidOperationException>(() => bare.ReadOutputAs<string>());
        Assert.Throws<InvalidOperationException>(() => bare.ReadInputAs<string>());
        Assert.Throws<InvalidOperationException>(() => bare.ReadCustomStatusAs<string>());
    }

    [Theory, BothModes]
    public async Task GetAll_FilterAndPages_GiveEachMatchOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        string[] ids = [.. Enumerable.Range(0, 7).Select(n => $"page-{n}")];
        foreach (var id in ids) await run.StartAsync("Echo", "x", id);
        foreach (var id in ids) await run.EndOf(id);
        await run.WaitingAsync("other");

        var query = new OrchestrationQuery(InstanceIdPrefix: "page-", Statuses: [OrchestrationRuntimeStatus.Completed], PageSize: 3, FetchInputsAndOutputs: true);
        var found = new List<string>();
        await foreach (var page in run.Client.GetAllInstancesAsync(query).AsPages())
        {
            Assert.InRange(page.Values.Count, 0, 3);
            found.AddRange(page.Values.Select(instance => instance.InstanceId));
            Assert.All(page.Values, instance => Assert.Equal("x", instance.ReadOutputAs<string>()));
        }

        Assert.Equal(ids, found.Order(StringComparer.Ordinal));
        Assert.Equal(8, (await ListAsync(run)).Count);
    }

    [Theory, BothModes]
    public async Task GetAll_FromAContinuationToken_GivesTheRest(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        for (var n = 0; n < 5; n++) await run.RunAsync("Echo", $"{n}");

        var found = new List<string>();
        string? token = null;
        do
        {
            // Another enumeration for every page, as a web page with a "next" link does it.
            await foreach (var page in run.Client.GetAllInstancesAsync().AsPages(token, 2))
            {
                found.AddRange(page.Values.Select(instance => instance.InstanceId));
                token = page.ContinuationToken;
                break;
            }
        }
        while (token is not null);

        Assert.Equal(5, found.Count);
        Assert.Equal(5, found.Distinct().Count());
    }

    [Theory, BothModes]
    public async Task GetAll_ByStatus_GivesThatStatusOnly(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var terminated = await run.WaitingAsync();
        await run.Client.TerminateInstanceAsync(terminated, run.Limit);
        await run.EndOf(terminated);
        var running = await run.WaitingAsync();
        var failed = (await run.RunAsync("Break")).InstanceId;
        var completed = (await run.RunAsync("Echo", "x")).InstanceId;

        Assert.Equal([running], await ListAsync(run, OrchestrationRuntimeStatus.Running));
        Assert.Equal([failed], await ListAsync(run, OrchestrationRuntimeStatus.Failed));
        Assert.Equal([completed], await ListAsync(run, OrchestrationRuntimeStatus.Completed));
        Assert.Equal([terminated], await ListAsync(run, OrchestrationRuntimeStatus.Terminated));
        Assert.Equal(
            new[] { failed, terminated }.Order(StringComparer.Ordinal),
            (await ListAsync(run, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated)).Order(StringComparer.Ordinal));
        Assert.Empty(await ListAsync(run, OrchestrationRuntimeStatus.Suspended));
    }

    [Theory, BothModes]
    public async Task GetAll_ByCreation_GivesThatTimeOnly(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var found = await run.RunAsync("Echo", "x");

        Assert.Single(await ListAsync(run, new OrchestrationQuery(CreatedFrom: found.CreatedAt.AddMilliseconds(-1), CreatedTo: found.CreatedAt.AddMilliseconds(1))));
        Assert.Empty(await ListAsync(run, new OrchestrationQuery(CreatedFrom: found.CreatedAt.AddSeconds(1))));
        Assert.Empty(await ListAsync(run, new OrchestrationQuery(CreatedTo: found.CreatedAt.AddSeconds(-1))));
    }

    [Theory, BothModes]
    public async Task GetAll_PrefixOfAnyText_IsTakenLiterally(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        foreach (var id in new[] { "50%_off", "50 other", "ünï-1", "Ünï-2" }) await run.StartAsync("Echo", "x", id);

        Assert.Equal(["50%_off"], await ListAsync(run, new OrchestrationQuery(InstanceIdPrefix: "50%_")));
        Assert.Equal(["ünï-1"], await ListAsync(run, new OrchestrationQuery(InstanceIdPrefix: "ünï")));
        Assert.Empty(await ListAsync(run, new OrchestrationQuery(InstanceIdPrefix: "5%")));
    }

    [Theory, BothModes]
    public async Task GetAll_MoreThanTheDefaultPage_GivesAll(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        const int count = OrchestrationQuery.DefaultPageSize + 20;
        await Task.WhenAll(Enumerable.Range(0, count).Select(n => run.StartAsync("Echo", "x", $"many-{n}")));

        Assert.Equal(count, (await ListAsync(run)).Distinct().Count());
    }

    private static Task<List<string>> ListAsync(Conformance run, params OrchestrationRuntimeStatus[] statuses) =>
        ListAsync(run, new OrchestrationQuery(Statuses: statuses.Length == 0 ? null : statuses));

    private static async Task<List<string>> ListAsync(Conformance run, OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var found in run.Client.GetAllInstancesAsync(query).WithCancellation(run.Limit)) ids.Add(found.InstanceId);
        return ids;
    }
}
