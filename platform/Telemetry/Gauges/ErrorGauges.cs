using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Data;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Platform.Telemetry.Gauges;

/// <summary>Groups of errors of all organisations that nobody has resolved.</summary>
internal sealed class ErrorGauges([FromKeyedServices(MetricConnections.Key)] NaviDatabase database) : IFleetGauges
{
    public async Task<IReadOnlyList<Sample>> ReadAsync(CancellationToken cancellation) =>
        [.. (await database.QueryAsync<(string Severity, double Count)>(
            Scope.System,
            """
            SELECT s.severity, count(e.id)::double precision FROM (VALUES ('info'), ('warning'), ('error'), ('critical')) AS s (severity)
            LEFT JOIN navi.error_events e ON e.severity = s.severity AND NOT e.resolved GROUP BY s.severity
            """, null, cancellation)).Select(row => new Sample(MetricCatalogue.ErrorsUnresolved, row.Count, row.Severity))];
}
