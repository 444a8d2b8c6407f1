namespace Navi.Platform.Telemetry.Events;

/// <summary>What kinds of clients send events. The errors they tell of bear them as their component, as no part of NAVI does.</summary>
public static class TelemetrySources
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = ["cli", "console", "sdk", "other"];
}
