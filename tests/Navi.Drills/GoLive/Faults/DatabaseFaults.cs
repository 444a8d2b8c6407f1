using Navi.Testing;

namespace Navi.Drills.GoLive.Faults;

/// <summary>What can be wrong with the database.</summary>
internal static class DatabaseFaults
{
    // Of the 200 that the server takes.
    private const long ManySessions = 165;

    // Of the pool's 20; what is left is enough for everything else that is asked meanwhile.
    private const int ManyRequests = 17;

    public static PlantedFault ChangedMigration { get; } = PlantedFault.Sql(
        "migrations", "a migration was applied in another form", @"0012_probe\.sql was applied in another form",
        "UPDATE public.navi_migrations SET checksum = 'x' || checksum WHERE number = 12", "UPDATE public.navi_migrations SET checksum = substr(checksum, 2) WHERE number = 12");

    /// <summary>The process itself says that it can't work on this schema; the smoke test asks it, too.</summary>
    public static PlantedFault ForeignMigration { get; } = PlantedFault.Sql(
        "healthy", "the next release has migrated the database", "NAVI can't do its work now.+The database has migration 9999 of a newer build.+",
        "INSERT INTO public.navi_migrations (number, name, checksum, expands) VALUES (9999, '9999_drill.sql', 'x', false)", "DELETE FROM public.navi_migrations WHERE number = 9999") with { Follows = ["migrations", "smoke"] };

    public static PlantedFault Unbound { get; } = PlantedFault.Sql(
        "database-role", "the login bypasses row-level security", "navi_service bypasses row-level security", "ALTER ROLE navi_service BYPASSRLS", "ALTER ROLE navi_service NOBYPASSRLS");

    public static PlantedFault NoSlowLog { get; } = new("database-slow-log", "slow statements are not logged", "log_min_duration_statement is -1: slow statements are not logged", async (scene, cancellation) =>
    {
        scene.Mend(() => scene.Production.Database.SetAsync("log_min_duration_statement", "500", CancellationToken.None));
        await scene.Production.Database.SetAsync("log_min_duration_statement", "-1", cancellation);
    });

    public static PlantedFault NoArchive { get; } = new("database-backups", "the write-ahead log can't be archived", "archiving fails since .+ UTC", async (scene, cancellation) =>
    {
        var (database, works) = (scene.Production.Database, (string)(await scene.Production.Database.SqlAsync("SHOW archive_command", cancellation))!);
        scene.Mend(async () =>
        {
            await database.SetAsync("archive_command", $"'{works}'", CancellationToken.None);
            await LeaveFileAsync(database, "last_archived_time > last_failed_time", "Archiving did not go on.", CancellationToken.None);
        });
        await database.SetAsync("archive_command", "'false'", cancellation);
        await LeaveFileAsync(database, "last_failed_time > last_archived_time", "Archiving did not fail.", cancellation);
    });

    public static PlantedFault PlainSession { get; } = new("database-tls", "a process of NAVI's login comes over the network without TLS", "1 of [0-9]+ sessions come over a network without TLS", async (scene, cancellation) =>
        scene.Own(await scene.Production.Database.ConnectOverNetworkAsync(cancellation)));

    public static PlantedFault FullServer { get; } = new("database-room", "others have taken most of the server's sessions", "1[6-9][0-9] of 200 sessions are open: put PgBouncer before the server, or allow more", async (scene, cancellation) =>
    {
        // No more than must be: NAVI's own pools may still grow.
        var open = (long)(await scene.Production.Database.SqlAsync("SELECT sum(numbackends)::bigint FROM pg_stat_database", cancellation))!;
        for (; open < ManySessions; open++)
            scene.Own(await scene.Production.Database.ConnectAsync(cancellation));
    });

    public static PlantedFault FullPool { get; } = new("database-stable", "requests hang in the database and hold the pool's connections", "1[7-9] of 20 connections of a process are in use", async (scene, cancellation) =>
    {
        var production = scene.Production;
        var http = production.Client();
        http.Timeout = Timeout.InfiniteTimeSpan;
        var holder = await production.Database.ConnectAsync(cancellation);
        List<Task<HttpResponseMessage>> asked = [];
        scene.Mend(async () =>
        {
            await holder.DisposeAsync();
            foreach (var answer in await Task.WhenAll(asked))
                answer.Dispose();
            http.Dispose();
        });
        await ProductionDatabase.ExecuteAsync(holder, "BEGIN; LOCK TABLE navi.issuer_clients IN ACCESS EXCLUSIVE MODE", cancellation);
        asked.AddRange(Enumerable.Range(0, ManyRequests).Select(_ => http.GetAsync("v1/clients", CancellationToken.None)));
        var waiting = 0L;
        await Wait.UntilAsync(
            async () => (waiting = (long)(await production.Database.SqlAsync("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'navi_service'", cancellation))!) >= ManyRequests,
            () => $"{waiting} of {ManyRequests} requests hang.");
    });

    // A file of the log is archived when it is full, or left.
    private static async Task LeaveFileAsync(ProductionDatabase database, string until, string otherwise, CancellationToken cancellation)
    {
        await database.SqlAsync("SELECT pg_logical_emit_message(true, 'drill', 'drill'); SELECT pg_switch_wal()", cancellation);
        await Wait.UntilAsync(async () => await database.SqlAsync($"SELECT {until} FROM pg_stat_archiver", cancellation) is true, () => otherwise);
    }
}
