using Npgsql;

namespace Navi.Drills.Kills.Judging;

/// <summary>What the runtime's own tables say when everything has ended.</summary>
internal static class StoredHistory
{
    // A step that a turn has decided, or that has ended, stands in the history once.
    private const string Repeated =
        """
        SELECT count(*) FROM (
          SELECT 1 FROM durable.history WHERE task_id IS NOT NULL
          GROUP BY instance_id, incarnation, execution, task_id, kind HAVING count(*) > 1) r
        """;

    private const string Gaps =
        """
        SELECT count(*) FROM (
          SELECT 1 FROM durable.history GROUP BY instance_id, incarnation, execution HAVING count(*) <> max(position) - min(position) + 1) g
        """;

    private const string LeftOver = "SELECT count(*) FROM durable.activities a JOIN durable.instances i USING (instance_id, incarnation) WHERE i.status IN (1, 3, 5)";

    /// <summary>What is wrong with them, in sentences.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        var problems = new List<string>();
        foreach (var (sql, what) in new[] { (Repeated, "steps stand in a history twice"), (Gaps, "histories have gaps"), (LeftOver, "calls of ended instances are still to be done") })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            if ((long)(await command.ExecuteScalarAsync(cancellation))! is > 0 and var count)
                problems.Add($"{count} {what}");
        }
        return problems;
    }
}
