using Npgsql;

namespace Navi.Platform.Data;

/// <summary>
/// The roles: <c>navi_owner</c> owns the tables, <c>navi_app</c> sees one organisation, <c>navi_system</c> runs the runtime and the reconciler. <c>navi_scaler</c> is
/// not NAVI's own: who scales it reads counts by it, and nothing else.
/// </summary>
internal static class Roles
{
    private const int Patience = 10;

    // Roles belong to the whole cluster, so two databases that are made at the same moment meet here; PostgreSQL reports that as an error, not a wait.
    private const string Sql = """
        DO $$
        DECLARE r text;
        BEGIN
          FOREACH r IN ARRAY ARRAY['navi_owner', 'navi_app', 'navi_system', 'navi_scaler'] LOOP
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN
              EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE', r);
            END IF;
            -- Since PostgreSQL 16 whoever makes a role is a member that may not take it. Nobody of NAVI is the scaler.
            IF r <> 'navi_scaler' AND NOT pg_has_role(current_user, r, CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
              EXECUTE format('GRANT %I TO %I', r, current_user);
            END IF;
          END LOOP;
        END $$;
        """;

    public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = new NpgsqlCommand(Sql, connection);
                await command.ExecuteNonQueryAsync(cancellation);
                return;
            }
            catch (PostgresException e) when (attempt < Patience && e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.InternalError)
            {
                await Task.Delay(20 * attempt, cancellation);
            }
        }
    }

    /// <summary>Fails when a role that must obey row-level security does not.</summary>
    /// <exception cref="MigrationException">navi_app, navi_system or navi_scaler is a superuser or bypasses row-level security.</exception>
    public static async Task RequireBoundAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT string_agg(rolname, ', ') FROM pg_roles WHERE rolname IN ('navi_app', 'navi_system', 'navi_scaler') AND (rolsuper OR rolbypassrls)", connection);
        if (await command.ExecuteScalarAsync(cancellation) is string free)
            throw new MigrationException($"The role {free} bypasses row-level security: ALTER ROLE {free} NOSUPERUSER NOBYPASSRLS.");
    }
}
