using Microsoft.DurableTask.Abstractions;
using Navi.Portable.Durable.Storage;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

/// <summary>
/// Which versions of instances this worker may claim, as a list that a statement can use: versions are compared by rules that SQL does
/// not have. Versions that come up in due work are looked for once per poll interval and judged once. Not for use by several callers at once.
/// </summary>
internal sealed class VersionFilter(NpgsqlDataSource dataSource, DurableOptions options, TimeProvider time)
{
    // Versions are few; an installation that invents one per instance shall not fill the memory.
    private const int MostVersions = 1000;

    private readonly HashSet<string> known = [];
    private readonly List<string> accepted = [];
    private long? looked;

    /// <summary>Whether a worker of that version runs instances of this one.</summary>
    public static bool Accepts(string version, string worker, VersionMatch match) => match switch
    {
        VersionMatch.Strict => TaskOrchestrationVersioningUtils.CompareVersions(version, worker) == 0,
        VersionMatch.CurrentOrOlder => TaskOrchestrationVersioningUtils.CompareVersions(version, worker) <= 0,
        _ => true,
    };

    /// <summary>Versions that this worker may claim; null when it may claim any.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async ValueTask<IReadOnlyList<string>?> AcceptedAsync(CancellationToken cancellationToken)
    {
        if (options.VersionMatch == VersionMatch.None) return null;
        if (looked is { } last && time.GetElapsedTime(last) < options.PollInterval) return accepted;
        if (known.Count > MostVersions)
        {
            known.Clear();
            accepted.Clear();
        }
        await using var command = dataSource.Command(
            """
            SELECT DISTINCT i.version FROM durable.inbox m
            JOIN durable.instances i ON i.instance_id = m.instance_id AND i.incarnation = m.incarnation
            WHERE m.visible_at <= now() AND i.worker_id IS NULL AND i.status IN (0, 6, 7) AND i.version <> ALL($1)
            """,
            Rows.Texts(known));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var version = reader.GetString(0);
            known.Add(version);
            if (Accepts(version, options.WorkerVersion!, options.VersionMatch)) accepted.Add(version);
        }
        looked = time.GetTimestamp();
        return accepted;
    }
}
