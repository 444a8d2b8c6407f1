using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Telemetry.Errors;
using Navi.Testing;
using Npgsql;

namespace Navi.EndToEnd.Tests.Events;

/// <summary>
/// Writes events of a task from several places at once, never more than a few ahead of who reads them, and now and then in a transaction
/// that takes its number and holds its commit back while the events of another task go on.
/// </summary>
internal sealed class EventWriters(NaviDatabase database, string connectionString, Guid task, Guid other, int seed) : IAsyncDisposable
{
    private const int Ahead = 30;
    private readonly SemaphoreSlim permits = new(Ahead);
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskProgress progress = new(database, TestPlatform.Meters, new ErrorRecorder(TimeProvider.System));
    private readonly List<Task> running = [];

    /// <summary>Commits that were held back.</summary>
    public int Held { get; private set; }

    /// <summary>Events of the other task that were committed while one of this task was held back.</summary>
    public int Overtaken { get; private set; }

    public void Start(int writers)
    {
        for (var n = 0; n < writers; n++)
            running.Add(UntilStoppedAsync(WriteAsync(new Random(seed + n))));
        running.Add(UntilStoppedAsync(HoldBackAsync()));
    }

    /// <summary>An event was seen: another one may be written.</summary>
    public void Seen() => permits.Release();

    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
        permits.Dispose();
    }

    private async Task UntilStoppedAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It was to stop.
        }
    }

    private async Task WriteAsync(Random random)
    {
        while (true)
        {
            await permits.WaitAsync(stopping.Token);
            await progress.NoteAsync(task, "note", new { Text = new string('é', random.Next(1, 200)), Number = random.Next() }, CancellationToken.None);
        }
    }

    private async Task HoldBackAsync()
    {
        while (true)
        {
            await permits.WaitAsync(stopping.Token);
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await TaskEventStore.AppendAsync(connection, task, "held_back", new { });
            for (var n = 0; n < 15; n++, Overtaken++)
                await progress.NoteAsync(other, "other", new { Number = n }, CancellationToken.None);
            await transaction.CommitAsync();
            Held++;
        }
    }
}
