namespace Navi.Agent.Policy.Rules;

/// <summary>A policy as read: its rules in order, and the digest of its canonical content.</summary>
/// <param name="Rules">The first that matches decides.</param>
/// <param name="Digest">SHA-256 over canonical JSON (RFC 8785) of the content, so comments and layout don't count; lower-case hexadecimal.</param>
internal sealed record PolicyRules(IReadOnlyList<PolicyRule> Rules, string Digest);
