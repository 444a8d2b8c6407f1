namespace Navi.Agent.Sandbox;

/// <summary>What a command needs of toolchains that don't live under /usr.</summary>
/// <param name="ReadOnly">Source on the machine and where the sandbox shows it.</param>
/// <param name="SearchPath">Directories put before the standard PATH.</param>
/// <param name="Environment">Variables that make the tools work offline, with their caches.</param>
internal sealed record ToolchainMounts(
    IReadOnlyList<(string Source, string Target)> ReadOnly,
    IReadOnlyList<string> SearchPath,
    IReadOnlyDictionary<string, string> Environment);
