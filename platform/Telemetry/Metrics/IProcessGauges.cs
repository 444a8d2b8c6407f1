namespace Navi.Platform.Telemetry.Metrics;

/// <summary>States of this process; every one becomes a series with the label <c>instance</c>.</summary>
public interface IProcessGauges
{
    /// <summary>Reads them, quickly and without the database.</summary>
    IEnumerable<Sample> Read();
}
