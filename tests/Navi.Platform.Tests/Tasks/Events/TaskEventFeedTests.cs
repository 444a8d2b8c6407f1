using Navi.Platform.Data;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Tasks.Events.Streams;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Tasks.Events;

public sealed class TaskEventFeedTests(ITestOutputHelper output)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task NextAsync_ManyWritersAndFeedsFromEverywhere_GivesEachEventOnceAndInOrder()
    {
        await using var watching = await Watching.StartAsync();
        var task = await watching.Platform.CreateTaskAsync();
        await watching.NoteManyAsync(task, 150, 10);
        long[] starts = [0, 1, 77, 151];
        var feeds = new List<TaskEventFeed>();
        foreach (var after in starts)
            feeds.Add(await watching.FollowAsync(task, after));
        var taking = feeds.Select(f => Watching.TakeUpToAsync(f, 351)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => watching.NoteAsync(task, n)));

        var taken = await Task.WhenAll(taking);
        foreach (var (after, events) in starts.Zip(taken))
            Assert.Equal(Enumerable.Range(1, 351).Select(n => (long)n).Where(n => n > after), events.Select(e => e.Seq));
        feeds.ForEach(f => f.Dispose());
    }

    [Fact]
    public async Task NextAsync_CommitHeldBack_DelaysThatTaskAloneAndSkipsNothing()
    {
        await using var watching = await Watching.StartAsync();
        var (held, other) = (await watching.Platform.CreateTaskAsync(), await watching.Platform.CreateTaskAsync());
        using var heldFeed = await watching.FollowAsync(held);
        using var otherFeed = await watching.FollowAsync(other);
        await Watching.TakeUpToAsync(heldFeed, 1);
        await using var connection = new NpgsqlConnection(watching.Platform.Server.ConnectionString);
        await connection.OpenAsync(None);
        await using var transaction = await connection.BeginTransactionAsync(None);
        // It has number 2 now, and holds it.
        await TaskEventStore.AppendAsync(connection, held.Id, "late", new { });

        var second = watching.NoteAsync(held);
        for (var n = 0; n < 30; n++)
            await watching.NoteAsync(other, n);
        await Watching.TakeUpToAsync(otherFeed, 31);

        Assert.Empty(await heldFeed.NextAsync(TimeSpan.FromMilliseconds(200), None));
        Assert.False(second.IsCompleted);
        await transaction.CommitAsync(None);
        await second;
        Assert.Equal([(2, "late"), (3, "note")], (await Watching.TakeUpToAsync(heldFeed, 3)).Select(e => (e.Seq, e.Type)));
    }

    [Fact]
    public async Task NextAsync_NotCalledForLong_HoldsLittleAndStillGivesEverything()
    {
        await using var watching = await Watching.StartAsync();
        var task = await watching.Platform.CreateTaskAsync();
        using var slow = await watching.FollowAsync(task);
        using var quick = await watching.FollowAsync(task);

        await watching.NoteManyAsync(task, 3_000, 2_000);
        await Watching.TakeUpToAsync(quick, 3_001);

        output.WriteLine($"the slow feed holds {slow.Held.Events} events, {slow.Held.Characters} characters, of 3,000 and 6,000,000");
        Assert.True(slow.Held is { Events: <= EventQueue.MostEvents, Characters: <= EventQueue.MostCharacters });
        Assert.Equal(Enumerable.Range(1, 3_001).Select(n => (long)n), (await Watching.TakeUpToAsync(slow, 3_001)).Select(e => e.Seq));
    }

    [Fact]
    public async Task NextAsync_EventLargerThanEveryBound_ComesAndIsFollowedByTheNext()
    {
        await using var watching = await Watching.StartAsync();
        var task = await watching.Platform.CreateTaskAsync();
        using var feed = await watching.FollowAsync(task, 1);

        await watching.NoteManyAsync(task, 1, 5_000_000);
        await watching.NoteAsync(task);

        Assert.Equal([2, 3], (await Watching.TakeUpToAsync(feed, 3)).Select(e => e.Seq));
    }

    [Fact]
    public async Task NextAsync_OfAnotherOrganisation_GivesNothing()
    {
        await using var watching = await Watching.StartAsync();
        var task = await watching.Platform.CreateTaskAsync("acme");
        using var own = await watching.FollowAsync(task, 1);
        // As if the check before the stream had been forgotten.
        using var later = watching.Watcher.Follow("other", task.Id, 1, 1);
        using var earlier = watching.Watcher.Follow("other", task.Id, 0, 1);

        await watching.NoteAsync(task);

        await Watching.TakeUpToAsync(own, 2);
        Assert.Empty(await later.NextAsync(TimeSpan.FromMilliseconds(300), None));
        Assert.Empty(await earlier.NextAsync(TimeSpan.FromMilliseconds(300), None));
        Assert.Null(await watching.Platform.Events.FindEndAsync(Scope.Of("other"), task.Id, None));
    }

    [Fact]
    public async Task NextAsync_DatabaseAwayForAWhile_GivesNothingAndGoesOnAfterwards()
    {
        await using var watching = await Watching.StartAsync();
        var task = await watching.Platform.CreateTaskAsync();
        using var waiting = await watching.FollowAsync(task, 1);
        using var behind = await watching.FollowAsync(task);
        await watching.Platform.Server.AdmitAsync(false);

        Assert.Empty(await waiting.NextAsync(TimeSpan.FromMilliseconds(300), None));
        Assert.Empty(await behind.NextAsync(TimeSpan.FromMilliseconds(300), None));
        await watching.Platform.Server.AdmitAsync(true);
        for (var n = 0; n < 20; n++)
            await watching.NoteAsync(task, n);

        Assert.Equal(Enumerable.Range(2, 20).Select(n => (long)n), (await Watching.TakeUpToAsync(waiting, 21)).Select(e => e.Seq));
        Assert.Equal(Enumerable.Range(1, 21).Select(n => (long)n), (await Watching.TakeUpToAsync(behind, 21)).Select(e => e.Seq));
    }

    [Fact]
    public async Task Watcher_NobodyFollows_StopsAskingUntilSomebodyDoes()
    {
        await using var watching = await Watching.StartAsync();
        var task = await watching.Platform.CreateTaskAsync();
        Assert.False(watching.Watcher.IsLooking);
        using (await watching.FollowAsync(task))
        using (await watching.FollowAsync(task))
            Assert.True(watching.Watcher.IsLooking);
        await Wait.UntilAsync(() => Task.FromResult(!watching.Watcher.IsLooking), () => "it asks on");

        using var again = await watching.FollowAsync(task, 1);
        await watching.NoteAsync(task);
        Assert.Equal([2], (await Watching.TakeUpToAsync(again, 2)).Select(e => e.Seq));
    }

    [Fact]
    public async Task NextAsync_Cancelled_Throws()
    {
        await using var watching = await Watching.StartAsync();
        using var feed = await watching.FollowAsync(await watching.Platform.CreateTaskAsync(), 1);
        using var leaving = new CancellationTokenSource();
        var next = feed.NextAsync(Wait.Patience, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    // The law of numbers holds because there is one way to take one.
    [Fact]
    public void Events_InTheSources_AreNumberedInOnePlace()
    {
        var writers = new[] { "platform", "agent", "orchestrations", "functions", "portable", "cli" }.SelectMany(SourceTree.CSharpFiles)
            .Where(f => File.ReadAllText(f) is var text && (text.Contains("INTO navi.task_events", StringComparison.Ordinal) || text.Contains("SET event_seq", StringComparison.Ordinal)));
        Assert.Equal(["TaskEventStore.cs"], writers.Select(Path.GetFileName));
    }
}
