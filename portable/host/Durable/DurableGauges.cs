using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;
using Navi.Portable.Durable;

namespace Navi.Portable.Host.Durable;

/// <summary>Work of the portable runtime that is due.</summary>
internal sealed class DurableGauges(DurableBacklog backlog) : IFleetGauges
{
    public async Task<IReadOnlyList<Sample>> ReadAsync(CancellationToken cancellation)
    {
        var (orchestrations, activities) = await backlog.ReadAsync(cancellation);
        return [new(MetricCatalogue.DurableBacklog, orchestrations, "orchestrations"), new(MetricCatalogue.DurableBacklog, activities, "activities")];
    }
}
