namespace Navi.Agent.Verification;

/// <summary>What to verify.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="BaseCommit">Where it started.</param>
/// <param name="HeadCommit">What would be published.</param>
/// <param name="ReportPath">The report that the agent says it wrote.</param>
/// <param name="Evidence">Tests that ran during the task; counts only for the very same tree.</param>
internal sealed record VerifyRequest(string TaskId, string BaseCommit, string HeadCommit, string? ReportPath, VerificationEvidence? Evidence = null);
