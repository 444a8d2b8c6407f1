using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Navi.Portable.Durable;

/// <summary>The runtime's tables, in the schema <c>durable</c>.</summary>
public static class DurableSchema
{
    // Any constant will do as long as every process uses the same one.
    private const long LockKey = 0x4E41_5649_0001;

    // Steps that stop a program which does not know them, and steps that only add: those are recorded apart, where a program of before does not look.
    private const string StepTable = "durable.schema_steps";
    private const string ExpansionTable = "durable.schema_expansions";

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
        foreach (var table in (string[])[StepTable, ExpansionTable])
        {
            await using var lookup = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = table } } };
            if ((bool)(await lookup.ExecuteScalarAsync(cancellationToken))!) continue;
            await ExecuteAsync(
                connection,
                $"""
                CREATE SCHEMA IF NOT EXISTS durable;
                CREATE TABLE {table} (step text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
                """,
                cancellationToken);
        }
        var steps = Steps().ToList();
        var applied = await AppliedAsync(connection, StepTable, cancellationToken);
        if (applied.Keys.Except(steps.Where(s => s.Table == StepTable).Select(s => s.Step)).Order(StringComparer.Ordinal).LastOrDefault() is { } foreign)
            throw new InvalidOperationException($"The schema durable has step {foreign}, which this program does not know: run a newer one, or restore the backup taken before the upgrade.");
        // An expansion that this program does not know is a newer one's, and in nobody's way.
        foreach (var (step, checksum) in await AppliedAsync(connection, ExpansionTable, cancellationToken)) applied.Add(step, checksum);
        var made = new List<string>();
        foreach (var (table, step, sql) in steps)
        {
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (applied.TryGetValue(step, out var known))
            {
                if (known != checksum)
                    throw new InvalidOperationException($"Step {step} of the schema durable was applied with other content ({known}, here {checksum}).");
                continue;
            }
            await ExecuteAsync(connection, sql, cancellationToken);
            await using var record = new NpgsqlCommand($"INSERT INTO {table} (step, checksum) VALUES ($1, $2)", connection)
            {
                Parameters = { new() { Value = step }, new() { Value = checksum } },
            };
            await record.ExecuteNonQueryAsync(cancellationToken);
            made.Add(step);
        }
        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    // In the order of their numbers, which both kinds share.
    private static IEnumerable<(string Table, string Step, string Sql)> Steps() =>
        Read("Navi.Durable.steps.", StepTable).Concat(Read("Navi.Durable.expansions.", ExpansionTable)).OrderBy(found => found.Step, StringComparer.Ordinal);

    private static IEnumerable<(string Table, string Step, string Sql)> Read(string prefix, string table)
    {
        var assembly = typeof(DurableSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (table, name[prefix.Length..^".sql".Length], reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<string, string>();
        await using var command = new NpgsqlCommand($"SELECT step, checksum FROM {table}", connection);
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
