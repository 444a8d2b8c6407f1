namespace Navi.Agent.Verification;

/// <summary>Outcomes of checks and of reports, as they are stored.</summary>
internal static class VerificationOutcomes
{
    public const string Passed = "passed";
    public const string Failed = "failed";
    public const string NothingToVerify = "nothing_to_verify";
    public const string CouldNotRun = "could_not_run";

    /// <summary>One failure fails all; what could not run proves nothing; without a check that passed there was nothing to verify.</summary>
    public static string Of(IReadOnlyList<VerificationCheck> checks) =>
        checks.Any(c => c.Outcome == Failed) ? Failed
        : checks.Any(c => c.Outcome == CouldNotRun) ? CouldNotRun
        : checks.Any(c => c.Outcome == Passed) ? Passed
        : NothingToVerify;
}
