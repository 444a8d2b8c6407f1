using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Navi.Portable.Durable;

/// <summary>The runtime's tables, in the schema <c>durable</c>.</summary>
public static class DurableSchema
{
    // Any constant will do as long as every process uses the same one.
    private const long LockKey = 0x4E41_5649_0001;

    /// <summary>
    /// Brings the schema to this version. Safe to call again, and by several processes at once.
    /// Throws <see cref="InvalidOperationException"/> when the database holds a step that differs from this program's or is unknown to it, and <see cref="NpgsqlException"/> when it can't be reached.
    /// </summary>
    /// <returns>The steps that were applied now.</returns>
    public static async Task<IReadOnlyList<string>> EnsureAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
        // Looked up first: a role that may only use the tables must be able to start when nothing is left to do.
        await using (var lookup = new NpgsqlCommand("SELECT to_regclass('durable.schema_steps') IS NOT NULL", connection))
        {
            if (!(bool)(await lookup.ExecuteScalarAsync(cancellationToken))!)
            {
                await ExecuteAsync(
                    connection,
                    """
                    CREATE SCHEMA IF NOT EXISTS durable;
                    CREATE TABLE durable.schema_steps (step text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
                    """,
                    cancellationToken);
            }
        }
        var applied = await AppliedAsync(connection, cancellationToken);
        var steps = Steps().ToList();
        // No step says of itself that programs without it may go on.
        if (applied.Keys.Except(steps.Select(s => s.Step)).Order(StringComparer.Ordinal).LastOrDefault() is { } foreign)
            throw new InvalidOperationException($"The schema durable has step {foreign}, which this program does not know: run a newer one, or restore the backup taken before the upgrade.");
        var made = new List<string>();
        foreach (var (step, sql) in steps)
        {
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (applied.TryGetValue(step, out var known))
            {
                if (known != checksum)
                    throw new InvalidOperationException($"Step {step} of the schema durable was applied with other content ({known}, here {checksum}).");
                continue;
            }
            await ExecuteAsync(connection, sql, cancellationToken);
            await using var record = new NpgsqlCommand("INSERT INTO durable.schema_steps (step, checksum) VALUES ($1, $2)", connection)
            {
                Parameters = { new() { Value = step }, new() { Value = checksum } },
            };
            await record.ExecuteNonQueryAsync(cancellationToken);
            made.Add(step);
        }
        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    private static IEnumerable<(string Step, string Sql)> Steps()
    {
        var assembly = typeof(DurableSchema).Assembly;
        const string prefix = "Navi.Durable.";
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name[prefix.Length..^".sql".Length], reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand("SELECT step, checksum FROM durable.schema_steps", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetString(0), reader.GetString(1));
        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
