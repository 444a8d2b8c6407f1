using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Testing;

namespace Navi.Platform.Tests.Tasks;

public sealed class TaskStoreTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task CreateAsync_SameKeySameBody_ReturnsTheFirstTask()
    {
        await using var platform = await TestPlatform.CreateAsync();

        var both = await Task.WhenAll(Create(platform, "k", "digest"), Create(platform, "k", "digest"));

        Assert.Equal(both[0].Task!.Id, both[1].Task!.Id);
        Assert.Single(both, c => c.IsNew);
        Assert.Single(await platform.Tasks.ListAsync(Scope.System, new TaskQuery(), null, 10, None));
    }

    [Fact]
    public async Task CreateAsync_SameKeyOtherBody_GivesNoTask()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await Create(platform, "k", "digest");

        Assert.Null((await Create(platform, "k", "other")).Task);
    }

    [Fact]
    public async Task CreateAsync_New_LeavesAnOpenStartMessage()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync();

        var open = Assert.Single(await platform.Outbox.OpenAsync(TimeSpan.Zero, 10, None));
        Assert.Equal(("start", task.Id.ToString()), (open.Kind, open.InstanceId));

        await platform.Progress.StartAsync(task.Id, None);
        Assert.Empty(await platform.Outbox.OpenAsync(TimeSpan.Zero, 10, None));
    }

    [Fact]
    public async Task Events_ManyWritersAtOnce_AreNumberedWithoutGaps()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => platform.Progress.NoteAsync(task.Id, "note", new { N = n }, None)));

        var events = await platform.Events.ReadAsync(Scope.Of("acme"), task.Id, 0, 100, None);
        Assert.Equal(Enumerable.Range(1, 41).Select(n => (long)n), events.Select(e => e.Seq));
    }

    [Fact]
    public async Task FinishAsync_Twice_KeepsTheFirstReasonAndWritesMetricsOnce()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync();
        await platform.Progress.StartAsync(task.Id, None);

        Assert.True(await platform.Progress.FinishAsync(task.Id, "rejected", "no", None));
        Assert.False(await platform.Progress.FinishAsync(task.Id, "completed", "yes", None));

        var row = await platform.Tasks.FindAsync(Scope.System, task.Id, None);
        Assert.Equal(("finished", "rejected", "no"), (row!.Status, row.StopReason, row.Summary));
        Assert.Single(await platform.Events.ReadAsync(Scope.System, task.Id, 0, 100, None), e => e.Type == "task_finished");
        Assert.Equal(1, await platform.Database.RunAsync(Scope.System, c => Dapper.SqlMapper.ExecuteScalarAsync<int>(c, "SELECT count(*)::int FROM navi.task_metrics WHERE stop_reason = 'rejected'"), None));
    }

    [Fact]
    public async Task CancelAsync_WaitingTask_ClosesItsGateAndWakesIt()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync();
        await platform.Progress.StartAsync(task.Id, None);
        var gate = await platform.Checkpoints.OpenAsync(Gates.Action(task.Id), None);

        var (accepted, outbox) = await platform.Tasks.CancelAsync(Scope.Of("acme"), task.Id, "ada", None);

        Assert.True(accepted);
        Assert.Single(outbox);
        Assert.Equal("cancelled", (await platform.Checkpoints.LookAsync(gate.Id, None)).Status);
        Assert.Null((await platform.Tasks.CancelAsync(Scope.Of("other"), task.Id, "eve", None)).Accepted);
    }

    private static Task<Created> Create(TestPlatform platform, string key, string digest) => platform.Tasks.CreateAsync(
        new NewTask("acme", "ada", "/repository", "survey", "rules", "Local", false, 10, TimeSpan.FromHours(1), key, digest), None);
}
