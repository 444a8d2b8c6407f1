using Navi.Drills.Staging;
using Npgsql;

namespace Navi.Drills.Faults;

/// <summary>Somebody's session holds a lock on a table that every new task needs: requests pile up and take the pool's connections.</summary>
internal sealed class PoolExhausted : IFault, IAsyncDisposable
{
    private const int People = 12;
    private readonly CancellationTokenSource leaving = new();
    private NpgsqlConnection? holder;
    private Task crowd = Task.CompletedTask;

    public string Name => "pool-exhausted";

    public string Injection => "A session named `reporting` holds `LOCK TABLE navi.task_events IN ACCESS EXCLUSIVE MODE` in an open transaction; 12 people hand over a task each, again and again until it is taken. The pool has 6 connections.";

    public IReadOnlyList<string> Alerts => ["NaviDatabasePoolExhausted"];

    public string Runbook => "database-failures";

    public IReadOnlyList<string> Also =>
    [
        "database-pool-exhausted", "availability-burn", "availability-low", "high-error-rate", "latency-burn", "high-latency", "first-event-burn", "checkpoint-delivery-burn",
        "outbox-stuck", "durable-backlog-high", "durable-turns-slow", "threads-starved",
    ];

    public async Task InjectAsync(Stage stage, CancellationToken cancellation)
    {
        holder = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(stage.Database) { ApplicationName = "reporting", Pooling = false }.ConnectionString);
        await holder.OpenAsync(cancellation);
        await using (var transaction = new NpgsqlCommand("BEGIN; LOCK TABLE navi.task_events IN ACCESS EXCLUSIVE MODE", holder))
            await transaction.ExecuteNonQueryAsync(cancellation);
        crowd = stage.Traffic.CrowdAsync(People, leaving.Token);
    }

    public async Task RestoreAsync(Stage stage, CancellationToken cancellation)
    {
        await leaving.CancelAsync();
        await crowd;
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await crowd;
        leaving.Dispose();
        if (holder is not null)
            await holder.DisposeAsync();
    }
}
