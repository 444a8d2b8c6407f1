using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Npgsql;

namespace Navi.Platform.Telemetry.Performance;

/// <summary>
/// <c>navi.performance_metrics</c>: count, least, most, mean and percentiles of what ended in each window of five minutes, an hour and a day, exact over its rows. A window is rolled up when it is over, and once
/// more with the next one, for rows whose transaction ended late; the same rows give the same row. All times are the database's.
/// </summary>
public sealed class PerformanceRollup(NaviDatabase database, IOptions<PerformanceOptions> options)
{
    // Where nothing was rolled up before, the past begins here.
    private static readonly TimeSpan Beginning = TimeSpan.FromDays(1);

    /// <summary>Rolls up every window that is over. Returns how many rows were written.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var written = 0;
        foreach (var window in PerformanceWindow.All)
            written += await database.RunAsync(Scope.System, c => RollUpAsync(c, window, cancellation), cancellation);
        return written;
    }

    /// <summary>Deletes what is older than the options keep.</summary>
    internal Task PruneAsync(CancellationToken cancellation) => database.RunAsync(
        Scope.System,
        c => c.ExecuteAsync(new CommandDefinition(
            """
            SELECT navi.drop_telemetry_partitions('performance_metrics', now() - @Keep);
            DELETE FROM navi.performance_metrics WHERE window_start < now() - @Keep
            """, new { options.Value.Keep }, cancellationToken: cancellation)), cancellation);

    private static async Task<int> RollUpAsync(NpgsqlConnection connection, PerformanceWindow window, CancellationToken cancellation)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            SELECT pg_advisory_xact_lock(x'6e617669'::bigint << 32 | 12);
            INSERT INTO navi.performance_progress ("window", done_until)
            VALUES (@Name, date_bin(@Length, clock_timestamp() - greatest(@Beginning, @Length), 'epoch'::timestamptz)) ON CONFLICT DO NOTHING
            """, new { window.Name, window.Length, Beginning }, cancellationToken: cancellation));
        var (from, until) = await connection.QuerySingleAsync<(DateTime, DateTime)>(new CommandDefinition(
            """
            SELECT done_until, least(date_bin(@Length, clock_timestamp(), 'epoch'::timestamptz), done_until + @Length * @Most) FROM navi.performance_progress WHERE "window" = @Name
            """, new { window.Name, window.Length, window.Most }, cancellationToken: cancellation));
        if (until <= from)
            return 0;
        var written = await connection.ExecuteAsync(new CommandDefinition(
            PerformanceSql.RollUp, new { window.Name, window.Length, From = from - window.Length, Until = until }, commandTimeout: 120, cancellationToken: cancellation));
        await connection.ExecuteAsync(new CommandDefinition(
            """UPDATE navi.performance_progress SET done_until = @until WHERE "window" = @Name""", new { until, window.Name }, cancellationToken: cancellation));
        return written;
    }
}
