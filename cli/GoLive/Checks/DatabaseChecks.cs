using Navi.Platform.Data;

namespace Navi.Cli.GoLive.Checks;

/// <summary>The database, seen with NAVI's own sign-in.</summary>
internal static class DatabaseChecks
{
    // Archiving a file may be retried; a day without success is no backup.
    private static readonly TimeSpan OldestArchive = TimeSpan.FromDays(1);

    /// <summary>No session of NAVI's login, but this command's own, comes over a network without TLS.</summary>
    public static async Task<Verdict> EncryptedAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        if (target.Database!.DirectConnectionString is { Length: > 0 } direct && direct != target.Database.ConnectionString)
            return Verdict.Person("NAVI's requests go to another address than its migrations, such as PgBouncer's: look there whether they come by TLS");
        var (all, encrypted, plain) = await target.RowAsync(
            """
            SELECT count(*), count(*) FILTER (WHERE s.ssl), count(*) FILTER (WHERE NOT s.ssl AND a.client_addr IS NOT NULL AND NOT a.client_addr <<= '127.0.0.0/8' AND a.client_addr <> '::1')
            FROM pg_stat_activity a JOIN pg_stat_ssl s USING (pid) WHERE a.usename = current_user AND a.pid <> pg_backend_pid()
            """, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), cancellation);
        return all == 0 ? Verdict.Person("this login has no session but this command's: is it NAVI's own?")
            : plain > 0 ? Verdict.Failed($"{plain} of {all} sessions come over a network without TLS")
            : Verdict.Passed($"{all} sessions of NAVI's login: {encrypted} with TLS, {all - encrypted} from the server's own machine");
    }

    /// <summary>NAVI's login is bound by the separation of organisations.</summary>
    public static async Task<Verdict> RoleAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var (name, superuser, bypasses) = await target.RowAsync("SELECT rolname::text, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user", r => (r.GetString(0), r.GetBoolean(1), r.GetBoolean(2)), cancellation);
        var open = await target.RowsAsync(
            """
            SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'navi'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
              AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped) ORDER BY 1
            """, r => r.GetString(0), cancellation);
        return Verdict.Of(
            [.. superuser ? new[] { $"{name} is a superuser" } : [], .. bypasses ? new[] { $"{name} bypasses row-level security" } : [], .. open.Select(t => $"rows of navi.{t} are not separated by organisation")],
            $"{name} is bound by row-level security, which every table of organisations forces");
    }

    /// <summary>The database has exactly this build's migrations.</summary>
    public static async Task<Verdict> MigrationsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var applied = await target.RowsAsync("SELECT number, checksum FROM public.navi_migrations ORDER BY number", r => (Number: r.GetInt32(0), Checksum: r.GetString(1)), cancellation);
        var wrong = MigrationSet.All.Where(m => applied.All(a => a.Number != m.Number)).Select(m => $"{m.Name} is not applied (navi migrate)")
            .Concat(from m in MigrationSet.All join a in applied on m.Number equals a.Number where m.Checksum != a.Checksum select $"{m.Name} was applied in another form")
            .Concat(applied.Where(a => MigrationSet.All.All(m => m.Number != a.Number)).Select(a => $"migration {a.Number} is not of this build")).ToList();
        return Verdict.Of(wrong, $"{applied.Count} migrations, the last is {MigrationSet.All[^1].Name}");
    }

    /// <summary>The write-ahead log is archived, without which there is no point in time to go back to.</summary>
    public static async Task<Verdict> BackupsAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var (mode, archived, last, failed, now) = await target.RowAsync(
            "SELECT current_setting('archive_mode'), archived_count, last_archived_time, last_failed_time, now() FROM pg_stat_archiver",
            r => (r.GetString(0), r.GetInt64(1), r.IsDBNull(2) ? (DateTime?)null : r.GetDateTime(2), r.IsDBNull(3) ? (DateTime?)null : r.GetDateTime(3), r.GetDateTime(4)), cancellation);
        return mode == "off" ? Verdict.Failed("archive_mode is off: the write-ahead log is not kept, so there is no point in time to go back to")
            : last is null ? Verdict.Failed("nothing has been archived yet")
            : failed > last ? Verdict.Failed($"archiving fails since {last:yyyy-MM-dd HH:mm} UTC")
            : now - last > OldestArchive ? Verdict.Failed($"the last archived file is of {last:yyyy-MM-dd HH:mm} UTC")
            : Verdict.Passed($"archive_mode {mode}, {archived} files of the write-ahead log archived, the last at {last:yyyy-MM-dd HH:mm} UTC");
    }

    /// <summary>Slow statements are logged.</summary>
    public static async Task<Verdict> SlowLogAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var milliseconds = await target.RowAsync("SELECT setting::int FROM pg_settings WHERE name = 'log_min_duration_statement'", r => r.GetInt32(0), cancellation);
        return milliseconds < 0 ? Verdict.Failed("log_min_duration_statement is -1: slow statements are not logged") : Verdict.Passed($"statements of {milliseconds} ms and more are logged");
    }

    /// <summary>There is room for more sessions.</summary>
    public static async Task<Verdict> RoomAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var (open, most) = await target.RowAsync("SELECT (SELECT sum(numbackends)::bigint FROM pg_stat_database), current_setting('max_connections')::int", r => (r.GetInt64(0), r.GetInt32(1)), cancellation);
        return open > most * 0.8 ? Verdict.Failed($"{open} of {most} sessions are open: put PgBouncer before the server, or allow more") : Verdict.Passed($"{open} of {most} sessions are open");
    }

    /// <summary>Copies of the server, as far as it tells of them.</summary>
    public static async Task<Verdict> CopiesAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        // Which state they are in is for pg_monitor alone to see.
        var senders = await target.RowAsync("SELECT count(*) FROM pg_stat_replication", r => r.GetInt64(0), cancellation);
        return Verdict.Person($"{senders} processes send this server's log elsewhere; look whether a copy stands by in another zone and one is for reading ('az postgres flexible-server show' and 'replica list', or your operator's commands)");
    }
}
