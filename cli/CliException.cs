namespace Navi.Cli;

/// <summary>Ends the command with a message for the person and an exit code.</summary>
internal sealed class CliException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;

    public static CliException Usage(string message) => new(ExitCodes.Usage, message);

    public static CliException Unavailable(string message, Exception? inner = null) => new(ExitCodes.Unavailable, message, inner);
}
