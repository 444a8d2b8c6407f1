using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Navi.Platform.Data;

/// <summary>
/// Brings a database to this build's schema: forward only, one transaction per migration, under an advisory lock,
/// each migration's checksum kept and compared.
/// </summary>
public static class Migrator
{
    private const long LockKey = 0x6e617669_00000001;
    private const string Prefix = "Navi.Migrations.";

    /// <summary>Applies what is missing and returns how many migrations were applied.</summary>
    /// <param name="connectionString">A direct connection (not PgBouncer) whose user may create roles and schemas.</param>
    /// <param name="cancellation">Cancels the wait; what is committed stays.</param>
    /// <exception cref="MigrationException">An applied migration differs from this build's, or the database is newer than this build.</exception>
    public static async Task<int> RunAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 300 }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellation);
        await Roles.EnsureAsync(connection, cancellation);
        await Roles.RequireBoundAsync(connection, cancellation);
        await ExecuteAsync(connection, """
            CREATE TABLE IF NOT EXISTS public.navi_migrations (
              number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
            GRANT SELECT ON public.navi_migrations TO navi_system
            """, cancellation);
        var applied = await AppliedAsync(connection, cancellation);
        var known = Known();
        if (applied.Keys.Except(known.Select(m => m.Number)).ToList() is { Count: > 0 } foreign)
            throw new MigrationException($"The database has migration {foreign.Max()}, which this build does not know: run a newer NAVI, or restore the backup taken before the upgrade.");
        var count = 0;
        foreach (var migration in known)
        {
            if (applied.TryGetValue(migration.Number, out var checksum))
            {
                if (checksum != migration.Checksum)
                    throw new MigrationException($"Migration {migration.Name} was applied with checksum {checksum}, this build has {migration.Checksum}: an applied migration must never be edited.");
                continue;
            }
            await ApplyAsync(connection, migration, cancellation);
            count++;
        }
        return count;
    }

    /// <summary>Numbers of this build's migrations.</summary>
    internal static IEnumerable<int> Numbers => Known().Select(m => m.Number);

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, migration.Sql, cancellation);
        await ExecuteAsync(connection, "RESET ROLE", cancellation);
        await using var record = new NpgsqlCommand("INSERT INTO public.navi_migrations (number, name, checksum) VALUES ($1, $2, $3)", connection, transaction)
        {
            Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
        };
        await record.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<int, string>();
        await using var command = new NpgsqlCommand("SELECT number, checksum FROM public.navi_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        return applied;
    }

    private static List<Migration> Known()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(n)!);
                var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
                var name = n[Prefix.Length..];
                return new Migration(int.Parse(name[..4], System.Globalization.CultureInfo.InvariantCulture), name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
            })
            .OrderBy(m => m.Number).ToList();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record Migration(int Number, string Name, string Sql, string Checksum);
}
