using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Telemetry.Errors;

namespace Navi.Platform.Telemetry.Events;

/// <summary><c>navi.telemetry_events</c>: a batch is stored whole or not at all, and an event once, however often its client sends it within seven days.</summary>
public sealed class TelemetryEventStore(NaviDatabase database, ErrorRecorder errors, TimeProvider time)
{
    // Longer than any client keeps trying.
    private static readonly TimeSpan KnowIds = TimeSpan.FromDays(7);

    /// <summary>Stores a batch and returns how many of its events are new. New ones of type error are recorded among the errors of their source.</summary>
    /// <param name="organisation">The sender's organisation.</param>
    /// <param name="user">The sender.</param>
    /// <param name="events">The batch; no id twice.</param>
    /// <param name="userAgent">What the client calls itself; null when it does not.</param>
    /// <param name="addressDigest">Digest of the sender's address; null when it is unknown.</param>
    /// <param name="cancellation">Cancels before the commit.</param>
    public async Task<int> AcceptAsync(
        string organisation, string user, IReadOnlyList<NewTelemetryEvent> events, string? userAgent, string? addressDigest, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(events);
        var rows = NaviJson.Write(events.Select(e => new
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()), e.EventId, e.OccurredAt, EventType = e.Type, e.Category, e.Name, Data = System.Text.Json.JsonElement.Parse(e.Data), e.SessionId, e.Source, e.SourceVersion,
            e.DurationMs, e.ErrorType, e.ErrorMessage, e.ErrorStack,
        }));
        var fresh = (await database.RunAsync(Scope.Of(organisation), c => c.QueryAsync<Guid>(new CommandDefinition(
            """
            WITH sent AS (
              SELECT * FROM jsonb_to_recordset(@rows::jsonb) AS x(id uuid, event_id uuid, occurred_at timestamptz, event_type text, category text, name text, data jsonb, session_id text, source text,
                source_version text, duration_ms bigint, error_type text, error_message text, error_stack text)),
            fresh AS (
              INSERT INTO navi.telemetry_event_ids (org_id, user_id, event_id) SELECT @organisation, @user, event_id FROM sent ORDER BY event_id
              ON CONFLICT DO NOTHING RETURNING event_id)
            INSERT INTO navi.telemetry_events (id, org_id, user_id, event_id, occurred_at, event_type, category, name, data, session_id, source, source_version, duration_ms,
              error_type, error_message, error_stack, user_agent, ip_digest)
            SELECT s.id, @organisation, @user, s.event_id, s.occurred_at, s.event_type, s.category, s.name, s.data, s.session_id, s.source, s.source_version, s.duration_ms,
              s.error_type, s.error_message, s.error_stack, @userAgent, @addressDigest
            FROM sent s JOIN fresh f USING (event_id) RETURNING event_id
            """, new { rows, organisation, user, userAgent, addressDigest }, cancellationToken: cancellation)), cancellation)).ToHashSet();
        foreach (var e in events.Where(e => e.ErrorType is not null && fresh.Contains(e.EventId)))
            errors.Record(new ErrorReport(e.Source, e.Name, e.ErrorType!, e.ErrorMessage!) { Organisation = organisation, User = user, Stack = e.ErrorStack, FromClient = true });
        return fresh.Count;
    }

    /// <summary>Deletes what is older than the bounds.</summary>
    internal Task PruneAsync(TimeSpan keep, CancellationToken cancellation) => database.RunAsync(
        Scope.System,
        c => c.ExecuteAsync(new CommandDefinition(
            """
            SELECT navi.drop_telemetry_partitions('telemetry_events', now() - @keep);
            DELETE FROM navi.telemetry_events WHERE created_at < now() - @keep;
            DELETE FROM navi.telemetry_event_ids WHERE created_at < now() - @KnowIds;
            DELETE FROM navi.telemetry_keys WHERE created_at < now() - @keep - interval '1 month'
            """, new { keep, KnowIds }, cancellationToken: cancellation)), cancellation);
}
