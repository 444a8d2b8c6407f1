using Dapper;
using Navi.Platform.Data;

namespace Navi.Agent.Costs;

/// <summary>Reads what model calls have cost, from the record of every attempt.</summary>
public sealed class CostReports(NaviDatabase database)
{
    private const int MostItems = 1000;

    private static readonly Dictionary<string, string> Keys = new()
    {
        ["day"] = "to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
        ["model"] = "model",
        ["provider"] = "provider",
        ["user"] = "user_id",
        ["task"] = "coalesce(task_id::text, 'none')",
    };

    /// <summary>What a report may be grouped by.</summary>
    public static IReadOnlyCollection<string> Groups => Keys.Keys;

    /// <summary>Sums of calls from <paramref name="since"/> until before <paramref name="until"/>, both UTC.</summary>
    /// <param name="scope">The organisation.</param>
    /// <param name="since">First moment.</param>
    /// <param name="until">First moment that no longer counts.</param>
    /// <param name="group">One of <see cref="Groups"/>.</param>
    /// <param name="cancellation">Cancels the read.</param>
    public Task<CostReport> ReadAsync(Scope scope, DateTime since, DateTime until, string group, CancellationToken cancellation) =>
        database.RunAsync(scope, async c =>
        {
            var rows = (await c.QueryAsync<CostLine>(
                $"""
                SELECT {Keys[group]} AS key, count(*) AS calls, count(*) FILTER (WHERE status IN ('failed', 'interrupted')) AS failed_calls,
                  coalesce(sum(input_tokens), 0)::bigint AS input_tokens, coalesce(sum(cached_input_tokens), 0)::bigint AS cached_input_tokens,
                  coalesce(sum(output_tokens), 0)::bigint AS output_tokens, coalesce(sum(input_cost + output_cost), 0) AS cost,
                  count(*) FILTER (WHERE NOT priced AND input_tokens + output_tokens > 0) AS unpriced_calls
                FROM navi.llm_metrics WHERE created_at >= @since AND created_at < @until
                GROUP BY GROUPING SETS ((1), ())
                ORDER BY (grouping({Keys[group]}) = 0), {(group == "day" ? "1" : "7 DESC, 1")}
                LIMIT @limit
                """, new { since, until, limit = MostItems + 2 })).AsList();
            return new CostReport([.. rows.Skip(1).Take(MostItems)], rows[0], rows.Count > MostItems + 1);
        }, cancellation);
}
