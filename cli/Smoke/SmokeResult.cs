namespace Navi.Cli.Smoke;

/// <summary>What one check of a running NAVI found.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Passed">Whether it is as it must be.</param>
/// <param name="Evidence">What was seen, in one sentence.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record SmokeResult(string Check, bool Passed, string Evidence, long Milliseconds);
