using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Hosting;
using Navi.Platform.Json;
using Navi.Platform.Telemetry.Events;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>
/// <c>navi.error_events</c>: one row for each group of errors that are the same by their signature. A group is open until somebody resolves it; one that comes after that is open again and says so.
/// </summary>
public sealed class ErrorStore(NaviDatabase database, IOptions<NaviOptions> navi, IOptions<ErrorOptions> options, TimeProvider time)
{
    private const string Columns =
        """
        id, signature, error_type, code, severity, message, stack, component, operation, environment, version, first_seen, last_seen, occurrences, samples::text AS samples,
        resolved, resolved_at, resolved_by, reopened_at, reopened_by, reopenings, notes
        """;

    // Only what came after the resolution speaks against it: errors may be written late.
    private const string Write =
        """
        INSERT INTO navi.error_events AS e (id, org_id, user_id, signature, error_type, code, severity, message, stack_digest, stack, component, operation, environment, version,
          first_seen, last_seen, occurrences, samples)
        VALUES (@Id, @Organisation, @User, @Signature, @Type, @Code, @Severity, @Message, @StackDigest, @Stack, @Component, @Operation, @Environment, @Version,
          @FirstSeen, @LastSeen, @Occurrences, @Samples::jsonb)
        ON CONFLICT (org_id, signature) DO UPDATE SET
          user_id = excluded.user_id, code = excluded.code, severity = excluded.severity, message = excluded.message, stack_digest = excluded.stack_digest, stack = excluded.stack,
          environment = excluded.environment, version = excluded.version,
          first_seen = least(e.first_seen, excluded.first_seen), last_seen = greatest(e.last_seen, excluded.last_seen), occurrences = e.occurrences + excluded.occurrences,
          samples = (SELECT jsonb_agg(kept.sample ORDER BY kept.n) FROM (
            SELECT sample, n FROM jsonb_array_elements(excluded.samples || e.samples) WITH ORDINALITY AS both_of_them(sample, n) ORDER BY n LIMIT @MostSamples) kept),
          resolved = e.resolved AND excluded.last_seen <= e.resolved_at,
          resolved_at = CASE WHEN excluded.last_seen <= e.resolved_at THEN e.resolved_at END,
          resolved_by = CASE WHEN excluded.last_seen <= e.resolved_at THEN e.resolved_by END,
          reopened_at = CASE WHEN excluded.last_seen > e.resolved_at THEN excluded.last_seen ELSE e.reopened_at END,
          reopened_by = CASE WHEN excluded.last_seen > e.resolved_at THEN NULL ELSE e.reopened_by END,
          reopenings = e.reopenings + CASE WHEN excluded.last_seen > e.resolved_at THEN 1 ELSE 0 END
        """;

    /// <summary>An organisation's groups, the one that came last first.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="query">Which.</param>
    /// <param name="after">Where the page before ended; null for the first page.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cancellation">Cancels the query.</param>
    public Task<List<ErrorRow>> ListAsync(Scope scope, ErrorQuery query, ErrorCursor? after, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.QueryAsync<ErrorRow>(
            scope,
            $"""
            SELECT {Columns} FROM navi.error_events
            WHERE (@Resolved::boolean IS NULL OR resolved = @Resolved) AND (@Severity::text IS NULL OR severity = @Severity) AND (@Component::text IS NULL OR component = @Component)
              AND (@Since::timestamptz IS NULL OR last_seen >= @Since) AND (@id::uuid IS NULL OR (last_seen, id) < (@seen::timestamptz, @id))
            ORDER BY last_seen DESC, id DESC LIMIT @limit
            """, new { query.Resolved, query.Severity, query.Component, query.Since, seen = after?.LastSeen, id = after?.Id, limit }, cancellation);
    }

    /// <summary>One group; null when there is none.</summary>
    public Task<ErrorRow?> FindAsync(Scope scope, Guid id, CancellationToken cancellation) =>
        database.FindAsync<ErrorRow>(scope, $"SELECT {Columns} FROM navi.error_events WHERE id = @id", new { id }, cancellation);

    /// <summary>Marks a group as mended and adds the note to its others. One that is resolved keeps who resolved it. Null when there is none.</summary>
    public Task<ErrorRow?> ResolveAsync(Scope scope, Guid id, string by, string? note, CancellationToken cancellation) =>
        ChangeAsync(scope, id, by, note, "resolved = true, resolved_at = coalesce(resolved_at, clock_timestamp()), resolved_by = coalesce(resolved_by, @by)", cancellation);

    /// <summary>Opens a group again and adds the note to its others. Null when there is none.</summary>
    public Task<ErrorRow?> ReopenAsync(Scope scope, Guid id, string by, string? note, CancellationToken cancellation) =>
        ChangeAsync(
            scope, id, by, note,
            """
            resolved = false, resolved_at = NULL, resolved_by = NULL, reopened_at = CASE WHEN resolved THEN clock_timestamp() ELSE reopened_at END,
            reopened_by = CASE WHEN resolved THEN @by ELSE reopened_by END, reopenings = reopenings + CASE WHEN resolved THEN 1 ELSE 0 END
            """, cancellation);

    /// <summary>Deletes groups that are too old or too many and returns how many. What clients tell of is counted by itself, so that it displaces no error of NAVI's own.</summary>
    public Task<int> PruneAsync(CancellationToken cancellation) => database.RunAsync(
        Scope.System,
        c => c.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM navi.error_events e USING (
              SELECT id, last_seen, row_number() OVER (PARTITION BY org_id, component = ANY(@Clients) ORDER BY last_seen DESC, id DESC) AS place FROM navi.error_events) ranked
            WHERE ranked.id = e.id AND (ranked.place > @MostGroups OR ranked.last_seen < now() - @Keep)
            """, new { options.Value.MostGroups, options.Value.Keep, Clients = TelemetrySources.All }, cancellationToken: cancellation)), cancellation);

    /// <summary>Writes groups, or adds to those that are there; all of them or none.</summary>
    internal Task WriteAsync(IReadOnlyList<ErrorGroup> groups, CancellationToken cancellation) => database.RunAsync(
        Scope.System,
        async c =>
        {
            foreach (var group in groups)
            {
                var last = group.Samples[0];
                await c.ExecuteAsync(new CommandDefinition(
                    Write,
                    new
                    {
                        Id = Guid.CreateVersion7(time.GetUtcNow()), group.Organisation, last.User, group.Signature, group.Type, group.Code, group.Severity, last.Message, group.StackDigest, group.Stack,
                        group.Component, group.Operation, navi.Value.Environment, last.Version, group.FirstSeen, group.LastSeen, group.Occurrences,
                        Samples = NaviJson.Write(group.Samples), ErrorGroup.MostSamples,
                    }, cancellationToken: cancellation));
            }
        }, cancellation);

    private Task<ErrorRow?> ChangeAsync(Scope scope, Guid id, string by, string? note, string change, CancellationToken cancellation) => database.RunAsync(
        scope,
        c => c.QuerySingleOrDefaultAsync<ErrorRow?>(new CommandDefinition(
            $"""
            UPDATE navi.error_events SET {change},
              notes = CASE WHEN @note::text IS NULL THEN notes ELSE concat_ws(E'\n', notes, to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' ' || @by || ': ' || @note) END
            WHERE id = @id RETURNING {Columns}
            """, new { id, by, note }, cancellationToken: cancellation)), cancellation);
}
