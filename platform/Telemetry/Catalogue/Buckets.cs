namespace Navi.Platform.Telemetry.Catalogue;

/// <summary>Bounds of the histograms' buckets. Each bound that an objective or an alert names is among them: a quantile is exact only there.</summary>
internal static class Buckets
{
    /// <summary>Seconds of an HTTP request: the objective is 5, the alert 8.</summary>
    public static IReadOnlyList<double> Request { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8, 15, 30];

    /// <summary>Seconds of a model call or a tool.</summary>
    public static IReadOnlyList<double> Call { get; } = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160];

    /// <summary>Seconds until something waited for begins: the objectives are 5 and 10.</summary>
    public static IReadOnlyList<double> Wait { get; } = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    /// <summary>Seconds of one durable turn.</summary>
    public static IReadOnlyList<double> Turn { get; } = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

    /// <summary>Durable turns of one transaction.</summary>
    public static IReadOnlyList<double> Group { get; } = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>Seconds of a whole task, or of a person's decision: seconds to days.</summary>
    public static IReadOnlyList<double> Long { get; } = [1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400];

    /// <summary>Turns of the model in a task.</summary>
    public static IReadOnlyList<double> Turns { get; } = [1, 2, 5, 10, 20, 40, 60, 100, 200];
}
