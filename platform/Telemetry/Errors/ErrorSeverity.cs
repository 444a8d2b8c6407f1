namespace Navi.Platform.Telemetry.Errors;

/// <summary>How much an error matters.</summary>
public static class ErrorSeverity
{
    /// <summary>Worth knowing.</summary>
    public const string Info = "info";

    /// <summary>Something failed that is tried again or done another way.</summary>
    public const string Warning = "warning";

    /// <summary>Somebody did not get what they asked for.</summary>
    public const string Error = "error";

    /// <summary>Nobody gets it.</summary>
    public const string Critical = "critical";

    /// <summary>All of them, the least first.</summary>
    public static IReadOnlyList<string> All { get; } = [Info, Warning, Error, Critical];
}
