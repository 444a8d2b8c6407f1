using Navi.Agent.Projects;

namespace Navi.Agent.Verification;

/// <summary>A run of all tests on a tree.</summary>
/// <param name="TreeId">The git tree they ran on.</param>
/// <param name="Tests">What they showed.</param>
internal sealed record VerificationEvidence(string TreeId, TestRunSummary Tests);
