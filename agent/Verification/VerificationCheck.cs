namespace Navi.Agent.Verification;

/// <summary>One check.</summary>
/// <param name="Name">tests, build or report, with the directory where there is one.</param>
/// <param name="Command">The shell line that ran; null when none did.</param>
/// <param name="Outcome">One of <see cref="VerificationOutcomes"/>.</param>
/// <param name="Details">What it showed, in bounded text.</param>
internal sealed record VerificationCheck(string Name, string? Command, string Outcome, string Details);
