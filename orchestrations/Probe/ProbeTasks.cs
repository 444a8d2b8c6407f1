using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Orchestrations.Probe;

/// <summary>The rows of the probe's own tasks.</summary>
public sealed class ProbeTasks([FromKeyedServices(MetricConnections.Key)] NaviDatabase database, IOptions<ProbeOptions> options, IOptions<TelemetryOptions> telemetry) : IFleetGauges
{
    private const int AtOnce = 100;

    /// <summary>Deletes ended tasks of the probe that are older than <paramref name="keep"/>, a bounded number at a time. Returns their ids.</summary>
    public Task<List<Guid>> DeleteOldAsync(string organisation, string user, TimeSpan keep, CancellationToken cancellation) => database.QueryAsync<Guid>(
        Scope.Of(organisation),
        """
        DELETE FROM navi.tasks WHERE id IN (
          SELECT id FROM navi.tasks WHERE org_id = @organisation AND user_id = @user AND status = 'finished' AND finished_at < clock_timestamp() - @keep ORDER BY id LIMIT @AtOnce)
        RETURNING id
        """, new { organisation, user, keep, AtOnce }, cancellation);

    /// <summary>When the probe last succeeded; while no success is on record, when the oldest try on record began, so that a probe that always fails is not silence. Nothing without a try, or without a probe.</summary>
    public async Task<IReadOnlyList<Sample>> ReadAsync(CancellationToken cancellation)
    {
        // A probe that somebody has switched off is not silent.
        if (options.Value.Repository.Length == 0)
            return [];
        var last = await database.FindAsync<double?>(
            Scope.System,
            """
            SELECT extract(epoch FROM coalesce(
              (SELECT finished_at FROM navi.tasks WHERE org_id = @Organisation AND user_id = @User AND stop_reason = 'completed' ORDER BY id DESC LIMIT 1),
              (SELECT created_at FROM navi.tasks WHERE org_id = @Organisation AND user_id = @User ORDER BY id LIMIT 1)))::double precision
            """, new { telemetry.Value.Organisation, User = ProbeTask.User }, cancellation);
        return last is { } at ? [new(MetricCatalogue.ProbeLastSuccess, at)] : [];
    }
}
