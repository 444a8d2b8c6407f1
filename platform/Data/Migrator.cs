using Dapper;
using Navi.Platform.Data.Connections;
using Npgsql;

namespace Navi.Platform.Data;

/// <summary>
/// Brings a database to this build's schema: forward only, one transaction per migration, under an advisory lock,
/// each migration's checksum kept and compared.
/// </summary>
public static class Migrator
{
    private const long LockKey = 0x6e617669_00000001;

    /// <summary>Applies what is missing and returns how many migrations were applied.</summary>
    /// <param name="connectionString">A direct connection (not PgBouncer) whose user may create roles and schemas.</param>
    /// <param name="cancellation">Cancels the wait; what is committed stays.</param>
    /// <exception cref="MigrationException">As of the other overload.</exception>
    public static async Task<int> RunAsync(string connectionString, CancellationToken cancellation) =>
        (await RunAsync(new DatabaseOptions { ConnectionString = connectionString }, cancellation)).Applied.Count;

    /// <summary>Applies what is missing.</summary>
    /// <param name="options">The database; its direct port is used, by a user who may create roles and schemas.</param>
    /// <param name="cancellation">Cancels the wait; what is committed stays.</param>
    /// <exception cref="MigrationException">An applied migration differs from this build's, or the database has one that this build does not know and that does more than expand the schema.</exception>
    public static async Task<MigrationOutcome> RunAsync(DatabaseOptions options, CancellationToken cancellation)
    {
        await using var source = DatabaseConnections.Direct(options);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellation);
        await Roles.EnsureAsync(connection, cancellation);
        await Roles.RequireBoundAsync(connection, cancellation);
        await ExecuteAsync(connection, """
            CREATE TABLE IF NOT EXISTS public.navi_migrations (
              number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(), expands boolean);
            -- Builds before it made the table without this column; ADD COLUMN IF NOT EXISTS would lock out readers at every start.
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'public.navi_migrations'::regclass AND attname = 'expands') THEN
                ALTER TABLE public.navi_migrations ADD COLUMN expands boolean;
              END IF;
            END $$;
            GRANT SELECT ON public.navi_migrations TO navi_system
            """, cancellation);
        var applied = (await connection.QueryAsync<AppliedMigration>(new CommandDefinition(AppliedMigration.Query, cancellationToken: cancellation))).AsList();
        var ahead = AppliedMigration.Unknown(applied);
        if (ahead.FirstOrDefault(a => !a.LeavesOthersAlone) is { } foreign)
            throw new MigrationException($"The database has migration {foreign.Number} ({foreign.Name}), which this build does not know and which is not recorded as one that only expands the schema: run a newer NAVI, or restore the backup taken before the upgrade.");
        foreach (var (migration, was) in from m in MigrationSet.All join a in applied on m.Number equals a.Number select (m, a))
        {
            if (was.Checksum != migration.Checksum)
                throw new MigrationException($"Migration {migration.Name} was applied with checksum {was.Checksum}, this build has {migration.Checksum}: an applied migration must never be edited.");
        }
        var missing = MigrationSet.All.ExceptBy(applied.Select(a => a.Number), m => m.Number).ToList();
        foreach (var migration in missing)
            await ApplyAsync(connection, migration, cancellation);
        return new MigrationOutcome(missing, ahead);
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, migration.Sql, cancellation);
        await ExecuteAsync(connection, "RESET ROLE", cancellation);
        await using var record = new NpgsqlCommand("INSERT INTO public.navi_migrations (number, name, checksum, expands) VALUES ($1, $2, $3, $4)", connection, transaction)
        {
            Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum }, new() { Value = migration.Expands } },
        };
        await record.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
