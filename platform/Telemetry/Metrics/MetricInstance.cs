namespace Navi.Platform.Telemetry.Metrics;

/// <summary>This process among those of the installation: the value of the label <c>instance</c>.</summary>
internal sealed class MetricInstance
{
    /// <summary>Machine, process and when it started; no two processes have the same.</summary>
    public string Name { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("n")[..6]}";
}
