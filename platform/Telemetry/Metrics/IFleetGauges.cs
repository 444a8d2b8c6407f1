namespace Navi.Platform.Telemetry.Metrics;

/// <summary>States of the whole installation: the same from whichever process they are asked.</summary>
public interface IFleetGauges
{
    /// <summary>Reads them. A failure costs these gauges and no others.</summary>
    Task<IReadOnlyList<Sample>> ReadAsync(CancellationToken cancellation);
}
