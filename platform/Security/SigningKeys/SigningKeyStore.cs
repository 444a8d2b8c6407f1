using Dapper;
using Npgsql;

namespace Navi.Platform.Security.SigningKeys;

/// <summary>The statements on navi.signing_keys. Every time is the database's; statement_timestamp(), because a transaction may have waited for its lock.</summary>
internal static class SigningKeyStore
{
    /// <summary>One rotation at a time, until the transaction ends.</summary>
    public static Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(x'6e617669'::bigint << 32 | 8)", cancellationToken: cancellation));

    /// <summary>All keys that are not expired: those that are or were in use, newest first, then the next ones.</summary>
    public static async Task<IReadOnlyList<SigningKeyRow>> ListAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        [.. await connection.QueryAsync<SigningKeyRow>(new CommandDefinition(
            """
            SELECT id, use, private_key, active_from <= statement_timestamp() AND (retired_at IS NULL OR retired_at > statement_timestamp()) AS is_current,
              extract(epoch FROM least(
                CASE WHEN active_from > statement_timestamp() THEN active_from END, CASE WHEN retired_at > statement_timestamp() THEN retired_at END, expires_at) - statement_timestamp())::float8 AS seconds_to_change
            FROM navi.signing_keys
            WHERE expires_at IS NULL OR expires_at > statement_timestamp()
            ORDER BY active_from <= statement_timestamp() DESC, active_from DESC, id
            """, cancellationToken: cancellation))];

    /// <summary>True when no key of this use is in use.</summary>
    public static Task<bool> LacksCurrentAsync(NpgsqlConnection connection, string use, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT NOT EXISTS (SELECT FROM navi.signing_keys WHERE use = @use AND active_from <= statement_timestamp() AND (retired_at IS NULL OR retired_at > statement_timestamp()))",
            new { use }, cancellationToken: cancellation));

    /// <summary>True when the newest key of this use is in use and so near the end of its lifetime that the next one must be made.</summary>
    public static Task<bool> NeedsNextAsync(NpgsqlConnection connection, string use, TimeSpan lifetime, TimeSpan ahead, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT coalesce(max(active_from) <= statement_timestamp() AND max(active_from) + @lifetime - @ahead <= statement_timestamp(), false) FROM navi.signing_keys WHERE use = @use",
            new { use, lifetime, ahead }, cancellationToken: cancellation));

    /// <summary>Adds a key that is in use from now on.</summary>
    public static Task AddCurrentAsync(NpgsqlConnection connection, NewKey key, CancellationToken cancellation) =>
        AddAsync(connection, key, "statement_timestamp()", TimeSpan.Zero, TimeSpan.Zero, cancellation);

    /// <summary>Adds the key that follows the newest one at the end of its lifetime, but not sooner than <paramref name="lead"/> from now.</summary>
    public static Task AddNextAsync(NpgsqlConnection connection, NewKey key, TimeSpan lifetime, TimeSpan lead, CancellationToken cancellation) =>
        AddAsync(connection, key, "(SELECT greatest(max(active_from) + @lifetime, statement_timestamp() + @lead) FROM navi.signing_keys WHERE use = @Use)", lifetime, lead, cancellation);

    /// <summary>Gives each key that has a successor and no end yet its end: the successor's beginning.</summary>
    public static Task PlanEndsAsync(NpgsqlConnection connection, TimeSpan keepAfter, TimeSpan encryptKeepAfter, CancellationToken cancellation) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            WITH successor AS (SELECT id, lead(active_from) OVER (PARTITION BY use ORDER BY active_from, id) AS begins FROM navi.signing_keys)
            UPDATE navi.signing_keys k SET retired_at = s.begins, expires_at = s.begins + CASE k.use WHEN 'sign' THEN @keepAfter ELSE @encryptKeepAfter END
            FROM successor s WHERE s.id = k.id AND s.begins IS NOT NULL AND k.retired_at IS NULL
            """, new { keepAfter, encryptKeepAfter }, cancellationToken: cancellation));

    /// <summary>Deletes keys whose time is over and returns how many.</summary>
    public static Task<int> DeleteExpiredAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        connection.ExecuteAsync(new CommandDefinition("DELETE FROM navi.signing_keys WHERE expires_at <= statement_timestamp()", cancellationToken: cancellation));

    /// <summary>All keys with their times, for people.</summary>
    public static async Task<IReadOnlyList<SigningKeyStatus>> StatusAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        [.. await connection.QueryAsync<SigningKeyStatus>(new CommandDefinition(
            """
            SELECT id, use, created_at, active_from, retired_at, expires_at,
              CASE WHEN active_from > statement_timestamp() THEN 'next' WHEN retired_at IS NULL OR retired_at > statement_timestamp() THEN 'current' ELSE 'retired' END AS state
            FROM navi.signing_keys WHERE expires_at IS NULL OR expires_at > statement_timestamp()
            ORDER BY use DESC, active_from DESC, id
            """, cancellationToken: cancellation))];

    /// <summary>True when the newest key of this use is not in use yet.</summary>
    public static Task<bool> HasNextAsync(NpgsqlConnection connection, string use, CancellationToken cancellation) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT FROM navi.signing_keys WHERE use = @use AND active_from > statement_timestamp())", new { use }, cancellationToken: cancellation));

    private static Task AddAsync(NpgsqlConnection connection, NewKey key, string activeFrom, TimeSpan lifetime, TimeSpan lead, CancellationToken cancellation) =>
        connection.ExecuteAsync(new CommandDefinition(
            $"INSERT INTO navi.signing_keys (id, use, algorithm, public_jwk, private_key, active_from) VALUES (@Id, @Use, @Algorithm, @PublicJwk::jsonb, @PrivateKey, {activeFrom})",
            new { key.Id, key.Use, key.Algorithm, key.PublicJwk, key.PrivateKey, lifetime, lead }, cancellationToken: cancellation));
}
