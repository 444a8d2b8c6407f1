namespace Navi.Agent.Sandbox;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Of the command; 128 + signal when a signal ended it, -1 when it was not run to its end.</param>
/// <param name="Output">Standard output and error as they came; the middle is left out, and counted, when over the bound.</param>
/// <param name="TimedOut">Killed by the time-out.</param>
/// <param name="Cancelled">Killed because the caller cancelled.</param>
/// <param name="Duration">Wall clock.</param>
/// <param name="Sandbox">bubblewrap, or none.</param>
/// <param name="Refused">Why the command was not started at all; null when it was.</param>
internal sealed record CommandOutcome(
    int ExitCode,
    string Output,
    bool TimedOut,
    bool Cancelled,
    TimeSpan Duration,
    string Sandbox,
    string? Refused = null)
{
    /// <summary>Ran to its end with exit code 0.</summary>
    public bool Succeeded => Refused is null && !TimedOut && !Cancelled && ExitCode == 0;
}
