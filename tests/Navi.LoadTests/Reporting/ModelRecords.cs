using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Navi.LoadTests.Reporting;

/// <summary>Reads what NAVI recorded of its model calls, and what the simulated provider counted.</summary>
internal static class ModelRecords
{
    /// <summary>The attempts since a moment.</summary>
    public static async Task<ModelResult> ReadAsync(string connectionString, DateTimeOffset since, int throttled, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        var errors = new Dictionary<string, int>();
        await using (var command = new NpgsqlCommand(
            "SELECT error_type, count(*)::int FROM navi.llm_metrics WHERE created_at >= $1 AND error_type IS NOT NULL GROUP BY 1 ORDER BY 1", connection) { Parameters = { new() { Value = since.UtcDateTime } } })
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                errors[reader.GetString(0)] = reader.GetInt32(1);
        }
        await using var sums = new NpgsqlCommand(
            """
            SELECT count(*)::int, (count(*) FILTER (WHERE status <> 'ok'))::int,
              coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE status = 'ok'), 0)::float8, coalesce(percentile_disc(0.95) WITHIN GROUP (ORDER BY latency_ms) FILTER (WHERE status = 'ok'), 0)::float8,
              coalesce(max(latency_ms) FILTER (WHERE status = 'ok'), 0)::float8,
              coalesce(sum(input_tokens), 0)::bigint, coalesce(sum(output_tokens), 0)::bigint, coalesce(sum(coalesce(input_cost, 0) + coalesce(output_cost, 0)), 0)
            FROM navi.llm_metrics WHERE created_at >= $1
            """, connection) { Parameters = { new() { Value = since.UtcDateTime } } };
        await using var row = await sums.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new ModelResult(
            row.GetInt32(0), row.GetInt32(1), errors, row.GetDouble(2), row.GetDouble(3), row.GetDouble(4), throttled,
            row.GetInt64(5), row.GetInt64(6), Math.Round(row.GetDecimal(7), 4));
    }

    /// <summary>Answers of 429 that the simulated provider has counted.</summary>
    public static async Task<int> ThrottledAsync(Uri provider, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var counters = await http.GetFromJsonAsync<JsonElement>(new Uri(provider, "/_control/counters"), cancellation);
        return counters.GetProperty("statuses").TryGetProperty("429", out var count) ? count.GetInt32() : 0;
    }
}
