using Npgsql;

namespace Navi.Benchmarks.Model;

/// <summary>Reads navi.llm_metrics.</summary>
internal sealed class AttemptRecords(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 2, ApplicationName = "navi-bench" });

    /// <summary>US dollars of the attempts so far.</summary>
    public async Task<decimal> SpentAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand("SELECT coalesce(sum(coalesce(input_cost, 0) + coalesce(output_cost, 0)), 0) FROM navi.llm_metrics");
        return (decimal)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Every attempt, by task and step.</summary>
    public async Task<IReadOnlyList<Attempt>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            """
            SELECT m.task_id, coalesce(m.step, 0), m.provider, m.model, m.created_at, m.error_type, m.latency_ms, m.ttft_ms,
              coalesce(m.input_tokens, 0), coalesce(m.cached_input_tokens, 0), coalesce(m.output_tokens, 0), CASE WHEN m.priced THEN coalesce(m.input_cost, 0) + coalesce(m.output_cost, 0) END, t.finished_at
            FROM navi.llm_metrics m JOIN navi.tasks t ON t.id = m.task_id ORDER BY m.task_id, m.step, m.created_at
            """);
        var found = new List<Attempt>();
        await using var r = await command.ExecuteReaderAsync(cancellation);
        while (await r.ReadAsync(cancellation))
        {
            found.Add(new Attempt(
                r.GetGuid(0), r.GetInt32(1), r.GetString(2), r.GetString(3), r.GetDateTime(4), r.IsDBNull(5) ? null : r.GetString(5), r.IsDBNull(6) ? null : r.GetInt64(6), r.IsDBNull(7) ? null : r.GetInt64(7),
                r.GetInt64(8), r.GetInt64(9), r.GetInt64(10), r.IsDBNull(11) ? null : r.GetDecimal(11), r.IsDBNull(12) ? null : r.GetDateTime(12)));
        }
        return found;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
