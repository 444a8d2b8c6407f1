using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Tasks.Events.Streams;
using Navi.Testing;

namespace Navi.Platform.Tests.Tasks.Events;

/// <summary>A watcher on a database of its own.</summary>
internal sealed class Watching : IAsyncDisposable
{
    private Watching(TestPlatform platform)
    {
        Platform = platform;
        Watcher = new TaskEventWatcher(platform.Events, Options.Create(new EventStreamOptions { PollInterval = TimeSpan.FromMilliseconds(20) }), TimeProvider.System, NullLogger<TaskEventWatcher>.Instance);
    }

    public TestPlatform Platform { get; }

    public TaskEventWatcher Watcher { get; }

    public static async Task<Watching> StartAsync() => new(await TestPlatform.CreateAsync());

    public async Task<TaskEventFeed> FollowAsync(TaskRow task, long after = 0) =>
        Watcher.Follow(task.OrgId, task.Id, after, (await Platform.Events.FindEndAsync(Scope.Of(task.OrgId), task.Id, CancellationToken.None))!.Last);

    public Task NoteAsync(TaskRow task, int number = 0) => Platform.Progress.NoteAsync(task.Id, "note", new { Number = number }, CancellationToken.None);

    /// <summary>Appends many events at once, under the row's lock as every event is.</summary>
    public Task NoteManyAsync(TaskRow task, int count, int characters) => Platform.Database.RunAsync(Scope.System, c => Dapper.SqlMapper.ExecuteAsync(
        c,
        """
        WITH last AS (UPDATE navi.tasks SET event_seq = event_seq + @count WHERE id = @Id RETURNING org_id, event_seq - @count AS before)
        INSERT INTO navi.task_events (org_id, task_id, seq, type, data) SELECT org_id, @Id, before + n, 'note', jsonb_build_object('text', repeat('x', @characters)) FROM last, generate_series(1, @count) n
        """,
        new { task.Id, count, characters }), CancellationToken.None);

    /// <summary>Takes events until the one of this number came; fails when the feed ends its patience before.</summary>
    public static async Task<List<TaskEvent>> TakeUpToAsync(TaskEventFeed feed, long last)
    {
        using var limit = new CancellationTokenSource(Wait.Patience);
        var taken = new List<TaskEvent>();
        while (feed.Last < last)
            taken.AddRange(await feed.NextAsync(TimeSpan.FromSeconds(1), limit.Token));
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await Watcher.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
