using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Faults;

/// <summary>A statement that a dead process sent is still carried out by the server: its claim must not outlive its worker.</summary>
public sealed class BuriedWorkerTests : IAsyncLifetime
{
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Claim_OfAWorkerThatWasReaped_TakesNothing()
    {
        await using var client = await ClientAsync();

        Assert.Empty((await client.Runtime.Instances.ClaimAsync(4711, 10, null, CancellationToken.None)).Claimed);
        Assert.Empty(await client.Runtime.Activities.ClaimAsync(4711, 10, CancellationToken.None));

        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.instances WHERE worker_id IS NOT NULL"));
        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.activities WHERE worker_id IS NOT NULL"));
    }

    [Fact]
    public async Task Claim_WhileItsWorkerIsReaped_WaitsAndTakesNothing()
    {
        await using var client = await ClientAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var worker = await Sql.ScalarAsync<long>(database, "INSERT INTO durable.workers (name) VALUES ('doomed') RETURNING worker_id");
        await using var reaper = await source.OpenConnectionAsync();
        await using var burial = await reaper.BeginTransactionAsync();
        await using (var forget = new NpgsqlCommand($"DELETE FROM durable.workers WHERE worker_id = {worker}", reaper, burial))
            await forget.ExecuteNonQueryAsync();

        var claim = client.Runtime.Instances.ClaimAsync(worker, 10, null, CancellationToken.None);
        await Wait.UntilAsync(
            async () => await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 1,
            () => "the claim does not wait for the reaper");
        await burial.CommitAsync();

        Assert.Empty((await claim).Claimed);
        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.instances WHERE worker_id IS NOT NULL"));
    }

    [Fact]
    public async Task Reap_LeaseIsOverAndTheLockHeld_OnlyByLease()
    {
        await using var host = await DurableHost.StartAsync(database, _ => { });
        await Sql.ExecuteAsync(database, "UPDATE durable.workers SET lease_until = now() - interval '1 hour'");

        // After a time in which nobody could renew, a worker whose lock is held is alive.
        Assert.Equal(0, await host.Runtime.Workers.ReapAsync(4711, byLease: false, CancellationToken.None));
        Assert.Equal(1, await host.Runtime.Workers.ReapAsync(4711, byLease: true, CancellationToken.None));
    }

    // An instance with something to do, and an activity call that nobody has.
    private async Task<DurableHost> ClientAsync()
    {
        var client = await DurableHost.StartAsync(database, _ => { }, options => options.RunWorker = false);
        await client.Client.ScheduleNewOrchestrationInstanceAsync("Any", CancellationToken.None);
        await Sql.ExecuteAsync(
            database,
            """
            INSERT INTO durable.activities (instance_id, incarnation, execution, task_id, name, version)
            SELECT instance_id, incarnation, execution, 0, 'any', '' FROM durable.instances
            """);
        return client;
    }
}
