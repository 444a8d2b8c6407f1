using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Events;
using Navi.Platform.Telemetry.Performance;

namespace Navi.Platform.Telemetry;

/// <summary>Makes the coming months of what is recorded and deletes what its options no longer keep.</summary>
public sealed class TelemetryUpkeep(NaviDatabase database, TelemetryEventStore events, ErrorStore errors, PerformanceRollup performance, IOptions<TelemetryEventOptions> options)
{
    private const int MonthsAhead = 3;

    /// <summary>Does so; many processes may at once.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await database.RunAsync(Scope.System, c => c.ExecuteAsync(new CommandDefinition("SELECT navi.ensure_telemetry_partitions(@MonthsAhead)", new { MonthsAhead }, cancellationToken: cancellation)), cancellation);
        await events.PruneAsync(options.Value.Keep, cancellation);
        await performance.PruneAsync(cancellation);
        await errors.PruneAsync(cancellation);
    }
}
