namespace Navi.Cli.Output;

/// <summary>How this command was called, so that what it tells people to type works as it stands.</summary>
internal static class Invocation
{
    /// <summary>NAVI_COMMAND, which the launcher sets to its own path; else <c>navi</c>.</summary>
    public static string Name { get; } = Environment.GetEnvironmentVariable("NAVI_COMMAND") is { Length: > 0 } name ? name : "navi";
}
