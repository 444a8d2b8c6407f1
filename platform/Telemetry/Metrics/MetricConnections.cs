namespace Navi.Platform.Telemetry.Metrics;

/// <summary>The connections that metrics have for themselves: when the work has taken all of the application's, they still tell of it.</summary>
public static class MetricConnections
{
    /// <summary>Key of their <see cref="Data.NaviDatabase"/> among the services. Whatever is read for <c>/metrics</c> takes this one.</summary>
    public const string Key = "metrics";

    /// <summary>How many a process has at most.</summary>
    public const int Size = 3;
}
