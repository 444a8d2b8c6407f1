using Navi.Platform.Data;
using Npgsql;

namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>Reads what a stream has missed; only a few streams of a process do so at a time.</summary>
internal sealed class EventReader(TaskEventStore store, SemaphoreSlim places)
{
    private const int MostEvents = 100;

    /// <summary>The events after the position, up to a bound; null when the database does not answer or the reading was cancelled.</summary>
    public async Task<List<TaskEvent>?> ReadAsync(TimelinePosition position, CancellationToken cancellation)
    {
        try
        {
            await places.WaitAsync(cancellation);
            try
            {
                return await store.ReadAsync(Scope.Of(position.Organisation), position.Task, position.After, MostEvents, cancellation);
            }
            finally
            {
                places.Release();
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }
}
