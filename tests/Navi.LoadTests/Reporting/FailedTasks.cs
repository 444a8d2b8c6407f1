using Npgsql;

namespace Navi.LoadTests.Reporting;

/// <summary>Reads why tasks ended without published work: who repeats a run may wait long for the next one.</summary>
internal static class FailedTasks
{
    private const int Most = 20;

    /// <summary>Tasks of all users since a moment, the first ones first: id, stop reason and what NAVI said; at most 20.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string connectionString, DateTimeOffset since, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            """
            SELECT id::text || ' ' || coalesce(stop_reason, status) || ': ' || coalesce(summary, 'nothing said') FROM navi.tasks
            WHERE created_at >= $1 AND stop_reason IS DISTINCT FROM 'completed' AND stop_reason IS DISTINCT FROM 'completed_unverified' ORDER BY created_at LIMIT $2
            """, connection) { Parameters = { new() { Value = since.UtcDateTime }, new() { Value = Most } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellation))
            found.Add(reader.GetString(0).ReplaceLineEndings(" "));
        return found;
    }
}
