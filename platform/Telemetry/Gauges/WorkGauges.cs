using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.SigningKeys;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Platform.Telemetry.Gauges;

/// <summary>Open work of the whole installation, in one exchange with the database.</summary>
internal sealed class WorkGauges([FromKeyedServices(MetricConnections.Key)] NaviDatabase database, IOptions<TelemetryOptions> options, IOptions<SigningKeyOptions> keys) : IFleetGauges
{
    private static readonly string[] Open = ["queued", "running", "waiting"];

    // Asked at every scrape: each part must find its rows by a partial index, however many rows have come to their end.
    internal const string Sql =
        """
        SELECT status AS label, count(*)::double precision AS value FROM navi.tasks WHERE status <> 'finished' GROUP BY status;
        SELECT (SELECT count(*) FROM navi.tool_calls WHERE status = 'in_doubt' AND created_at > now() - interval '7 days')::double precision AS doubtful,
          (SELECT count(*) FROM navi.checkpoints WHERE status = 'pending')::double precision AS pending,
          (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0) FROM navi.outbox WHERE acknowledged_at IS NULL)::double precision AS oldest,
          (SELECT coalesce(extract(epoch FROM max(active_from) + @lifetime), 0) FROM navi.signing_keys WHERE use = 'sign' AND (retired_at IS NULL OR retired_at > clock_timestamp()))::double precision AS due;
        """;

    public Task<IReadOnlyList<Sample>> ReadAsync(CancellationToken cancellation) =>
        database.RunAsync<IReadOnlyList<Sample>>(Scope.System, Sql, new { lifetime = keys.Value.Lifetime }, async answers =>
        {
            var tasks = (await answers.ReadAsync<(string Label, double Value)>()).ToDictionary(t => t.Label, t => t.Value);
            var samples = Open.Select(s => new Sample(MetricCatalogue.TasksOpen, tasks.GetValueOrDefault(s), s)).ToList();
            var (doubtful, pending, oldest, due) = await answers.ReadSingleAsync<(double, double, double, double)>();
            samples.Add(new(MetricCatalogue.EffectsInDoubt, doubtful));
            samples.Add(new(MetricCatalogue.CheckpointsPending, pending));
            samples.Add(new(MetricCatalogue.OutboxOldest, Math.Max(0, oldest)));
            samples.Add(new(MetricCatalogue.ModelCostTarget, (double)options.Value.DailyCostTargetUsd));
            samples.Add(new(MetricCatalogue.SigningKeyDue, due));
            return samples;
        }, cancellation);
}
