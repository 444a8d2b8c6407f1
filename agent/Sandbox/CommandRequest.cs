namespace Navi.Agent.Sandbox;

/// <summary>A command to run in a workspace directory.</summary>
/// <param name="Argv">Program and arguments. For a shell line use <see cref="Shell"/>.</param>
/// <param name="Directory">Absolute path of the only directory the command may write, besides its private /tmp; it sees it as /workspace.</param>
/// <param name="Timeout">Wall clock; then everything it started is killed.</param>
/// <param name="OutputLimitBytes">Bytes of output that are kept, half from the beginning and half from the end.</param>
/// <param name="WorkingDirectory">Relative to <paramref name="Directory"/>; null for the directory itself.</param>
/// <param name="Environment">Added to the allow-listed environment.</param>
internal sealed record CommandRequest(
    IReadOnlyList<string> Argv,
    string Directory,
    TimeSpan Timeout,
    int OutputLimitBytes = 256 * 1024,
    string? WorkingDirectory = null,
    IReadOnlyDictionary<string, string>? Environment = null)
{
    /// <summary>A line for the shell.</summary>
    public static CommandRequest Shell(string line, string directory, TimeSpan timeout) => new(["/bin/sh", "-c", line], directory, timeout);
}
