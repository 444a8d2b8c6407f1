using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>
/// Looks for new events on behalf of every stream of this process: one query per round for all tasks that somebody follows, none when nobody does.
/// Numbers are in commit order and streams check them, so nothing that is handed on late, twice or not at all can reach a client wrongly.
/// </summary>
public sealed partial class TaskEventWatcher(TaskEventStore store, IOptions<EventStreamOptions> options, TimeProvider time, ILogger<TaskEventWatcher> logger) : IAsyncDisposable
{
    private const int TasksPerQuery = 200;
    private const int EventsPerTask = 50;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Organisation, Guid Task), FollowedTask> followed = [];
    private readonly CancellationTokenSource ending = new();
    // After a restart all clients come back at once: they must not take the whole pool.
    private readonly SemaphoreSlim readers = new(4);
    private Task rounds = Task.CompletedTask;
    private bool isLooking;

    /// <summary>Whether the database is being asked.</summary>
    internal bool IsLooking
    {
        get
        {
            lock (gate)
                return isLooking;
        }
    }

    /// <summary>Events of a task from now on until the feed is disposed. The caller has seen to it that its user may see the task.</summary>
    /// <param name="organisation">The user's organisation: events of another are never found.</param>
    /// <param name="task">The task.</param>
    /// <param name="after">Number of the last event that is known; at most <paramref name="last"/>.</param>
    /// <param name="last">Number of a committed event, as <see cref="TimelineEnd.Last"/>; what comes after it is watched for, what lies before is read.</param>
    public TaskEventFeed Follow(string organisation, Guid task, long after, long last)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(after, last);
        lock (gate)
        {
            if (!followed.TryGetValue((organisation, task), out var entry))
                followed[(organisation, task)] = entry = new FollowedTask(new TimelinePosition(organisation, task, last));
            var known = Math.Max(last, entry.Position.After);
            var queue = new EventQueue(known);
            entry.Queues.Add(queue);
            if (!isLooking)
            {
                isLooking = true;
                rounds = Task.Run(LookAsync);
            }
            return new TaskEventFeed(new TimelinePosition(organisation, task, after), known, queue, new EventReader(store, readers), time, () => Leave(entry, queue));
        }
    }

    /// <summary>Ends the watching.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await rounds;
        ending.Dispose();
        readers.Dispose();
    }

    private void Leave(FollowedTask entry, EventQueue queue)
    {
        lock (gate)
        {
            var key = (entry.Position.Organisation, entry.Position.Task);
            entry.Queues.Remove(queue);
            // Another entry may stand there since: its streams go on.
            if (entry.Queues.Count == 0 && followed.GetValueOrDefault(key) == entry)
                followed.Remove(key);
        }
    }

    private async Task LookAsync()
    {
        var failures = 0;
        while (Followed() is { Length: > 0 } tasks)
        {
            var mayBeMore = false;
            Exception? failure = null;
            foreach (var part in tasks.Chunk(TasksPerQuery))
            {
                try
                {
                    mayBeMore |= HandOn(part, await store.ReadManyAsync([.. part.Select(t => t.Position)], EventsPerTask, ending.Token));
                }
                catch (Exception e)
                {
                    // Whatever it was: the streams stay open and need their watcher, and the other parts are not its victims.
                    failure = e;
                }
            }
            if (failure is null && failures > 0)
                LogBack(failures);
            else if (failure is not null && failures == 0 && !ending.IsCancellationRequested)
                LogAway(failure);
            failures = failure is null ? 0 : failures + 1;
            if (!mayBeMore)
                await Task.Delay(Pause(failures), time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private FollowedTask[] Followed()
    {
        lock (gate)
        {
            isLooking = followed.Count > 0 && !ending.IsCancellationRequested;
            return isLooking ? [.. followed.Values] : [];
        }
    }

    private bool HandOn(FollowedTask[] tasks, NewEvents found)
    {
        lock (gate)
        {
            foreach (var (place, item) in found.Events)
                tasks[place].HandOn(item);
        }
        return found.MayBeMore;
    }

    private TimeSpan Pause(int failures)
    {
        var usual = options.Value.PollInterval;
        var longest = usual > LongestPause ? usual : LongestPause;
        var pause = usual * Math.Pow(2, Math.Min(failures, 10));
        return pause < longest ? pause : longest;
    }

    [LoggerMessage(4311, LogLevel.Warning, "The events of followed tasks can't be read; their streams stay open and go on when they can.")]
    private partial void LogAway(Exception exception);

    [LoggerMessage(4312, LogLevel.Information, "The events of followed tasks can be read again, after {Failures} attempts.")]
    private partial void LogBack(int failures);
}
