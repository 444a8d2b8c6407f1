using Npgsql;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>Watches a task's row while work runs: cancelled as soon as its end is asked for, within about a second.</summary>
internal sealed class CancelWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource work = new();
    private readonly Task watching;

    public CancelWatch(TaskStore tasks, Guid task, TimeProvider time)
    {
        watching = WatchAsync(tasks, task, time);
    }

    /// <summary>Fires when the task is to end.</summary>
    public CancellationToken Token => work.Token;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await watching;
        ended.Dispose();
        work.Dispose();
    }

    private async Task WatchAsync(TaskStore tasks, Guid task, TimeProvider time)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Interval, time, ended.Token);
                var row = await tasks.FindAsync(Scope.System, task, ended.Token);
                if (row?.CancelRequestedAt is not null)
                {
                    await work.CancelAsync();
                    return;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                // Without the database nobody can ask for the end either; the next look may succeed.
            }
        }
    }
}
