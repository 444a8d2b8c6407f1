namespace Navi.Agent.Verification;

/// <summary>What verification found.</summary>
/// <param name="Outcome">One of <see cref="VerificationOutcomes"/>.</param>
/// <param name="Checks">Every check that was made, in order.</param>
internal sealed record VerificationReport(string Outcome, IReadOnlyList<VerificationCheck> Checks);
