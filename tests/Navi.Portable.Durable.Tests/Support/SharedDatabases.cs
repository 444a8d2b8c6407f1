using System.Collections.Concurrent;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Npgsql;

[assembly: AssemblyFixture(typeof(SharedDatabases))]

namespace Navi.Portable.Durable.Tests.Support;

/// <summary>
/// Databases that one conformance test after the other takes, emptied in between: to make and drop one for each of hundreds of
/// short tests would take longer than the tests. They are dropped with the last test.
/// </summary>
public sealed class SharedDatabases : IAsyncDisposable
{
    private static readonly ConcurrentBag<TestDatabase> Idle = [];

    /// <summary>A database without instances; nobody else uses it until it is given back.</summary>
    public static async Task<TestDatabase> TakeAsync() => Idle.TryTake(out var database) ? database : await TestDatabase.CreateAsync();

    /// <param name="database">One whose hosts are gone.</param>
    public static async Task GiveBackAsync(TestDatabase database)
    {
        await using (var pooled = new NpgsqlConnection(database.ConnectionString)) NpgsqlConnection.ClearPool(pooled);
        // A statement that a killed host had under way may still run: it must not write into the next test.
        await database.ScalarAsync(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """);
        await database.ScalarAsync(
            """
            DO $$ BEGIN
              EXECUTE (
                SELECT 'TRUNCATE ' || string_agg(format('%I.%I', schemaname, tablename), ', ')
                FROM pg_tables WHERE schemaname = 'durable' AND tablename NOT IN ('schema_steps', 'schema_expansions'));
            END $$
            """);
        Idle.Add(database);
    }

    public async ValueTask DisposeAsync()
    {
        while (Idle.TryTake(out var database)) await database.DisposeAsync();
    }
}
