using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Storage;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

/// <summary>
/// Keeps this process's worker alive: a connection of its own holds the worker's lock and listens for wake-ups. When the
/// connection is lost, the worker takes its lock again, or joins anew when others have taken its work.
/// </summary>
internal sealed class DurableWorker(DurableRuntime runtime, DurableTaskCatalog catalog, IServiceProvider services) : IHostedService
{
    // How often an idle connection is asked whether it still lives.
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(10);

    private readonly ILogger logger = runtime.Loggers.CreateLogger("Navi.Portable.Durable.Worker");
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorkerSession? session;
    private NpgsqlConnection? lockConnection;
    private Task? running;
    private volatile bool leaving;

    /// <summary>Makes the schema, and joins. Throws when the database can't be reached: a process that can't start says so.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await DurableSchema.EnsureAsync(runtime.DataSource, cancellationToken);
        if (!runtime.Options.RunWorker) return;
        running = Task.Run(KeepAliveAsync, CancellationToken.None);
        await joined.Task.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (running is null) return;
        leaving = true;
        if (session is { } current) await current.DrainAsync(cancellationToken);
        await stopping.CancelAsync();
        await running;
        if (session is null) return;
        try
        {
            await runtime.Workers.UnregisterAsync(session.Id, CancellationToken.None);
            runtime.Others.Set();
        }
        catch (Exception exception) when (DatabaseHealth.IsInfrastructure(exception))
        {
            // The others find out by the lock, which goes with the connection.
            WorkerLog.DatabaseFails(logger, exception);
        }
        session = null;
    }

    /// <summary>Ends as a killed process would: nothing is released, the lock goes with its connection.</summary>
    internal async Task KillAsync()
    {
        await stopping.CancelAsync();
        if (session is { } current) await current.AbandonAsync();
        if (running is not null) await running;
        running = null;
    }

    /// <summary>Server process of the connection that holds the lock; null while there is none.</summary>
    internal int? LockBackend { get; private set; }

    public bool IsWanted => runtime.Options.RunWorker;

    /// <summary>Joined, with its lock held and its loops running.</summary>
    public bool IsAlive => session is not null && lockConnection is not null && running is { IsCompleted: false } && !stopping.IsCancellationRequested;

    internal long? WorkerId => session?.Id;

    private async Task KeepAliveAsync()
    {
        for (var failures = 0; !stopping.IsCancellationRequested;)
        {
            try
            {
                await using var connection = await runtime.DataSource.OpenConnectionAsync(stopping.Token);
                // A pooled connection would go back with its lock still held.
                try
                {
                    await JoinAsync(connection, stopping.Token);
                    failures = 0;
                    (lockConnection, LockBackend) = (connection, connection.ProcessID);
                    using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
                    var listening = ListenAsync(connection, over.Token);
                    await Task.WhenAny(listening, session!.Buried);
                    await over.CancelAsync();
                    await listening;
                }
                finally
                {
                    (lockConnection, LockBackend) = (null, null);
                    await ReleaseLockAsync(connection);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested || session is { Buried.IsCompleted: true })
            {
                // It joins anew, unless it stops.
            }
            catch (Exception exception)
            {
                await LoopFailure.HandleAsync(runtime.Health, logger, exception, failures++, stopping.Token);
            }
        }
    }

    private async Task JoinAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using (var settings = new NpgsqlCommand(
            "SET client_connection_check_interval = '1s'; SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3", connection))
            await settings.ExecuteNonQueryAsync(cancellationToken);
        if (session is { } current && (current.Buried.IsCompleted || !await WorkerStore.ResumeAsync(connection, current.Id, runtime.Options.LeaseDuration, cancellationToken)))
        {
            WorkerLog.TakenForDead(logger, current.Id);
            await current.AbandonAsync();
            session = null;
        }
        // Buried while it stops: it does not join anew.
        if (session is null && leaving) await Task.Delay(Timeout.Infinite, cancellationToken);
        if (session is null)
        {
            var name = $"{Environment.MachineName}:{Environment.ProcessId}";
            session = new WorkerSession(runtime, catalog, services, await WorkerStore.RegisterAsync(connection, name, runtime.Options.LeaseDuration, cancellationToken), logger);
        }
        runtime.Health.Answers();
        joined.TrySetResult();
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        connection.Notification += (_, notification) =>
        {
            // Its own: the worker knows.
            if (notification.Payload == session?.Id.ToString(CultureInfo.InvariantCulture)) return;
            runtime.OrchestrationWork.Set();
            runtime.ActivityWork.Set();
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {WorkerStore.Channel}", connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
        while (true)
        {
            if (await connection.WaitAsync(ProbeInterval, cancellationToken)) continue;
            await using var probe = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 5 };
            await probe.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task ReleaseLockAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock_all(); UNLISTEN *; RESET ALL", connection) { CommandTimeout = 5 };
            await unlock.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (DatabaseHealth.IsInfrastructure(exception) || exception is InvalidOperationException)
        {
            // Broken: the server has freed the lock with it.
        }
    }
}
